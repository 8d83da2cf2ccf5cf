import type { Control } from '../control.js'

const COURSE = 'server/platform/jobs/course.ts'
const FAULTS_TEST = 'test/faults/jobs.test.ts'

/** What keeps jobs going where the database goes away at the worst moment. */
export const JOBS: readonly Control[] = [
  {
    id: 'resumed-jobs',
    prevents: 'Nothing is erased and nothing is folded any more once the database was away.',
    edits: [
      {
        file: 'server/platform/jobs/resume.ts',
        find: 'course = await beginAgain()',
        replace: 'course = undefined',
      },
    ],
    killedBy: {
      file: FAULTS_TEST,
      test: 'goes on after its database is killed',
    },
  },
  {
    id: 'ends-of-turns',
    prevents: 'A turn whose end cannot be written down ends the whole process.',
    edits: [
      {
        file: COURSE,
        find: 'preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },',
        replace: '',
      },
    ],
    killedBy: {
      file: FAULTS_TEST,
      test: 'goes on after its session is ended',
    },
  },
  {
    id: 'freed-turns',
    prevents: 'A turn that the database interrupted waits four hours for its next try.',
    edits: [
      {
        file: 'server/platform/jobs.ts',
        find: 'if (lockedBy !== undefined) await freeTurns(pool, lockedBy)',
        replace: '',
      },
    ],
    killedBy: {
      file: FAULTS_TEST,
      test: 'goes on after its session is ended',
    },
  },
  {
    id: 'connection-given-back-once',
    prevents: 'A process that stops while its connection breaks ends with an error instead.',
    edits: [{ file: COURSE, find: 'if (!isBack) giveBack(broken)', replace: 'giveBack(broken)' }],
    killedBy: {
      file: FAULTS_TEST,
      test: 'stops where its connection is cut while it begins to listen',
    },
  },
  {
    id: 'bounded-stop',
    prevents: 'A process that is told to stop waits for a database that says nothing.',
    edits: [{ file: COURSE, find: 'LETTING_GO_MS = 3_000', replace: 'LETTING_GO_MS = 3_000_000' }],
    killedBy: {
      file: FAULTS_TEST,
      test: 'stops within ten seconds where its database says nothing',
    },
  },
  {
    id: 'asks-gathered',
    prevents:
      'Whoever has any login of the database asks for turns without an end, and no other job is worked.',
    edits: [
      {
        file: 'server/platform/jobs/asks.ts',
        find: 'if (isAskedAgain.has(name)) {',
        replace: "if (name === '') {",
      },
    ],
    killedBy: {
      file: FAULTS_TEST,
      test: 'adds a turn a few times for thousands of asks, so that whoever asks without an end stops no other work',
    },
  },
  {
    id: 'rules-each-office',
    prevents:
      'One office whose accesses cannot be judged ends the rules about days at every office.',
    edits: [
      {
        file: 'server/oversight/flags/watching.ts',
        find: 'eachByItself([readEach, compareDays], (step) => step())',
        replace: 'readEach().then(compareDays)',
      },
    ],
    killedBy: {
      file: 'test/oversight/turns.test.ts',
      test: 'keeps no other one from being read and its days from being compared',
    },
  },
]
