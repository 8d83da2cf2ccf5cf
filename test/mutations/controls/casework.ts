import type { Control } from '../control.js'

const MOVES = 'migrations/0048_rectification_moves.ts'
const FILING = 'server/rectification/filing.ts'
const BOUNDS_TEST = 'test/rectification/bounds.test.ts'
const ENDED_TEST = 'test/rectification/ended.test.ts'
const SUPERVISION = 'migrations/0050_rectification_supervision.ts'
const STOPPING_TEST = 'test/oversight/stopping.test.ts'
const CLERK_TEST = 'test/rectification/own-clerk.test.ts'
const MOVES_TEST = 'test/rectification/moves.test.ts'

/** What the database holds of casework, whatever the application does. */
export const CASEWORK: readonly Control[] = [
  {
    id: 'staff-steps',
    prevents: 'A member of staff writes state or outcome of a case past the application.',
    edits: [
      {
        file: MOVES,
        find: "when (current_user = '${web}')\n    execute function rectification.keep_to_steps_of_staff();",
        replace: 'when (false)\n    execute function rectification.keep_to_steps_of_staff();',
      },
    ],
    killedBy: { file: MOVES_TEST, test: 'take the steps of the table alone in' },
  },
  {
    id: 'staff-columns',
    prevents: 'A step writes more of a case than the log says of it.',
    edits: [
      {
        file: MOVES,
        find: 'and changed <@ w.columns and rectification.fits',
        replace: 'and rectification.fits',
      },
    ],
    killedBy: { file: MOVES_TEST, test: 'write no column of their own will in' },
  },
  {
    id: 'staff-identity-alone',
    prevents: 'One person decides on identity by writing the decision past the application.',
    edits: [
      {
        file: MOVES,
        find: 'new.outcome is not null and not ${TAKES_TWO}',
        replace: 'new.outcome is not null',
      },
    ],
    killedBy: { file: MOVES_TEST, test: 'decide nothing on identity alone' },
  },
  {
    id: 'move-with-entry',
    prevents: 'A request moves, and its person never learns of it from the log.',
    edits: [
      {
        file: MOVES,
        find: "when (old.state <> new.state\n      or (old.state <> 'draft' and current_user in ('${web}', '${resident}')))",
        replace: 'when (false)',
      },
    ],
    killedBy: { file: MOVES_TEST, test: 'cannot be committed without its entry of the log' },
  },
  {
    id: 'move-with-entry-of-its-own',
    prevents: 'A request moves on the strength of an entry that was written for something else.',
    edits: [
      {
        file: MOVES,
        find: 'and e.xmin = (select r.xmin from rectification.request r where r.request = new.request)',
        replace: '',
      },
    ],
    killedBy: { file: MOVES_TEST, test: 'cannot lean on an entry of another transaction' },
  },
  {
    id: 'open-requests',
    prevents: 'One account fills the queue of an office until nobody else is answered.',
    edits: [
      {
        file: FILING,
        find: 'open >= mostOpen',
        replace: 'false',
      },
    ],
    killedBy: { file: BOUNDS_TEST, test: 'are no more than the bound' },
  },
  {
    id: 'filings-of-a-day',
    prevents: 'Somebody who files, withdraws and files again keeps an office and the log busy.',
    edits: [{ file: FILING, find: 'filed >= mostADay', replace: 'false' }],
    killedBy: { file: BOUNDS_TEST, test: 'are no more than so many on one day' },
  },
  {
    id: 'open-requests-at-once',
    prevents: 'Two tabs that send at once both find the last room.',
    edits: [
      {
        file: 'server/rectification/store.ts',
        find: 'await sql`select pg_advisory_xact_lock(hashtextextended(${account}, 12))`.execute(trx)',
        replace: 'void account',
      },
    ],
    killedBy: { file: BOUNDS_TEST, test: 'are no more than the bound' },
  },
  {
    id: 'own-statements',
    prevents: 'One account writes without end into a request that is decided.',
    edits: [
      {
        file: 'server/rectification/replying.ts',
        find: 'if (!mayState(before, words))',
        replace: 'if (false)',
      },
    ],
    killedBy: { file: BOUNDS_TEST, test: 'beyond it are refused at their input' },
  },
  {
    id: 'hand-over-reason',
    prevents: 'Somebody takes all cases of a colleague to read them, and nobody is told why.',
    edits: [
      {
        file: 'server/rectification/queue.ts',
        find: "if (isColleagues && reason === undefined) throw new StepRefused('REASON')",
        replace: '',
      },
    ],
    killedBy: { file: ENDED_TEST, test: 'is refused at its input without a reason' },
  },
  {
    id: 'ended-case-reason',
    prevents: 'A case that is over lies open to everybody of the office.',
    edits: [
      {
        file: 'server/rectification/opening.ts',
        find: 'if (!isAnothers) return true',
        replace:
          "if (!isAnothers || row.state === 'closed' || row.state === 'withdrawn') return true",
      },
    ],
    killedBy: { file: ENDED_TEST, test: 'opens after a reason alone, which its person reads' },
  },
  {
    id: 'stop-supervisors',
    prevents: 'Somebody who is no supervisor sends back the proposal of an office.',
    edits: [
      {
        file: SUPERVISION,
        find: 'r.effective_at = takes_effect and rectification.supervises()',
        replace: 'r.effective_at = takes_effect',
      },
    ],
    killedBy: { file: STOPPING_TEST, test: 'is stopped by nobody but a supervisor' },
  },
  {
    id: 'stop-as-shown',
    prevents: 'A supervisor stops another proposal than the one that was shown.',
    edits: [
      {
        file: SUPERVISION,
        find: 'and r.effective_at = takes_effect and',
        replace: 'and',
      },
    ],
    killedBy: { file: STOPPING_TEST, test: 'is stopped with a reason alone, and as it was shown' },
  },
  {
    id: 'second-meanwhile',
    prevents: 'A proposal takes effect alone although a colleague could have looked at it.',
    edits: [
      {
        file: SUPERVISION,
        find: "(r.second_office is null or not ${CAN_CONFIRM('r.second_office')})",
        replace: "(r.second_office is not null and not ${CAN_CONFIRM('r.second_office')})",
      },
    ],
    killedBy: { file: STOPPING_TEST, test: 'confirms at once, and the decision is no longer one' },
  },
  {
    id: 'clerk-of-thirty-days',
    prevents: 'A clerk gives a case back, issues a code and signs in as its person.',
    edits: [
      {
        file: 'migrations/0051_rectification_worked.ts',
        find: "and w.worked_at > now() - interval '30 days'))",
        replace: 'and false))',
      },
    ],
    killedBy: { file: CLERK_TEST, test: 'does not for thirty days after they gave the case back' },
  },
  {
    id: 'refusals-count',
    prevents: 'A clerk asks without end whether a person is known by what a refusal tells.',
    edits: [
      {
        file: 'server/identity/issuing.ts',
        find: "if (issuer.staff !== undefined && (await isCapped(trx, issuer.staff, at))) return 'clerk'",
        replace: '',
      },
    ],
    killedBy: { file: CLERK_TEST, test: 'count toward the forty of a day' },
  },
]
