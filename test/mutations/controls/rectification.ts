import type { Control } from '../control.js'

const STEPS = 'migrations/0023_rectification_steps.ts'
const RIGHTS = 'migrations/0019_rectification_rights.ts'
const ACTS = 'migrations/0044_rectification_own_acts.ts'
const CLERK = 'migrations/0051_rectification_worked.ts'
const CLERK_TEST = 'test/rectification/own-clerk.test.ts'
const CASEWORK = 'server/rectification/routes/casework.ts'
const STRANGERS_TEST = 'test/rectification/strangers.test.ts'
const RIGHTS_TEST = 'test/rectification/rights.test.ts'
const RACES_TEST = 'test/rectification/races.test.ts'
const RULES_TEST = 'test/rectification/rules.test.ts'
const QUEUE = 'migrations/0031_rectification_queue.ts'
const QUEUE_TEST = 'test/rectification/queue.test.ts'
const VIEWS_TEST = 'test/rectification/saved-views.test.ts'
const MODEL_TEST = 'test/rectification/model.test.ts'

/** Who may change a request, and what keeps two people from deciding it twice. */
export const RECTIFICATION: readonly Control[] = [
  {
    id: 'request-frozen',
    prevents: 'A person moves a filed request to another office, or changes what was filed.',
    edits: [
      { file: STEPS, find: 'to_jsonb(new) - moving = to_jsonb(old) - moving', replace: 'true' },
    ],
    killedBy: { file: RIGHTS_TEST, test: 'changes nothing of what was filed and is' },
  },
  {
    id: 'request-self-decision',
    prevents: 'A person makes a decision of what was only proposed to be one.',
    edits: [
      {
        file: STEPS,
        find: "old.state = 'decided' and new.state = 'decided'",
        replace: "new.state = 'decided'",
      },
    ],
    killedBy: { file: RIGHTS_TEST, test: 'decides nothing, gives nobody a case' },
  },
  {
    id: 'request-account',
    prevents: 'Somebody begins a request in the name of another account.',
    edits: [
      {
        file: RIGHTS,
        find: "with check (state = 'draft' and account = ${ACCOUNT} and subject",
        replace: "with check (state = 'draft' and subject",
      },
    ],
    killedBy: { file: RIGHTS_TEST, test: 'begins nothing for anybody else' },
  },
  {
    id: 'request-event-author',
    prevents: 'A person writes an act of the office into the log.',
    edits: [
      {
        file: ACTS,
        find: "with check (by = 'resident' and subject",
        replace: 'with check (subject',
      },
    ],
    killedBy: { file: RIGHTS_TEST, test: 'writes no act of an office or of the portal' },
  },
  {
    id: 'case-guess',
    prevents: 'A colleague learns from a form what the person states, without a reason or a look.',
    edits: [{ file: CASEWORK, find: "word !== 'open'", replace: 'false' }],
    killedBy: { file: STRANGERS_TEST, test: 'opens after a reason alone' },
  },
  {
    id: 'clerk-other-number',
    prevents: 'A clerk lets themselves in as the person of their own case, under another number.',
    edits: [{ file: CLERK, find: 'other.account = own.account', replace: 'false' }],
    killedBy: { file: CLERK_TEST, test: 'lets that person in under none of their numbers' },
  },
  {
    id: 'clerk-proposer',
    prevents: 'A clerk proposes a decision, gives the case away, and signs in as its person.',
    edits: [
      { file: CLERK, find: '(r.assignee, r.proposed_by)', replace: '(r.assignee)' },
      {
        file: CLERK,
        find: "and w.worked_at > now() - interval '30 days'))",
        replace: 'and false))',
      },
    ],
    killedBy: { file: CLERK_TEST, test: 'does not either once they gave away' },
  },
  {
    id: 'case-second-office',
    prevents: 'An office that once was asked to confirm goes on reading the case.',
    edits: [
      {
        file: STEPS,
        find: "(state = 'proposed' and second_office = ${OFFICE})",
        replace: '(second_office = ${OFFICE})',
      },
    ],
    killedBy: {
      file: 'test/rectification/seconds.test.ts',
      test: 'confirms what it is asked to, and does not see it afterwards',
    },
  },
  {
    id: 'case-version',
    prevents: 'Two people decide one case, each on what they have read.',
    edits: [
      {
        file: 'server/rectification/store.ts',
        find: "    .where('version', '=', version)\n",
        replace: '',
      },
      {
        file: 'server/rectification/casework.ts',
        find: "if (row.version !== asked.version) throw new StepRefused('STALE')",
        replace: '',
      },
    ],
    killedBy: { file: MODEL_TEST, test: 'stand where an independent model says' },
  },
  {
    id: 'filed-once',
    prevents: 'A second click on "send" is told that the request could not be filed.',
    edits: [
      {
        file: 'server/rectification/filing.ts',
        find: 'if (filed !== undefined) return filed\n',
        replace: '\n',
      },
    ],
    killedBy: { file: RACES_TEST, test: 'clicks on "send" that have all read the draft' },
  },
  {
    id: 'four-eyes',
    prevents: 'Who proposed a decision on identity confirms it.',
    edits: [
      {
        file: 'server/rectification/cause.ts',
        find: 'row.proposedBy !== staff &&\n',
        replace: '',
      },
    ],
    killedBy: { file: MODEL_TEST, test: 'stand where an independent model says' },
  },
  {
    id: 'second-on-identity',
    prevents: 'One person alone changes the identity of another.',
    edits: [
      {
        file: 'server/rectification/rules.ts',
        find: 'return IDENTITY.includes(category) && isTold(outcome)',
        replace: 'return false',
      },
    ],
    killedBy: { file: RULES_TEST, test: 'take two people where they change identity' },
  },
  {
    id: 'case-reason',
    prevents: 'A member of staff opens a case of a colleague without saying why.',
    edits: [
      {
        file: 'server/rectification/opening.ts',
        find: '  if (!isAnothers) return true',
        replace: '  if (row.reference) return true',
      },
    ],
    killedBy: { file: MODEL_TEST, test: 'stand where an independent model says' },
  },
  {
    id: 'saved-view-owner',
    prevents: 'A member of staff reads or drops the views of another.',
    edits: [
      {
        file: QUEUE,
        find: 'using (staff = ${STAFF}) with check (staff = ${STAFF})',
        replace: 'using (true) with check (true)',
      },
    ],
    killedBy: { file: VIEWS_TEST, test: 'are their owner’s alone, whatever is asked' },
  },
  {
    id: 'given-version',
    prevents: 'Of two who tick one case at once, both are told that it is theirs.',
    edits: [
      {
        file: 'server/rectification/giving.ts',
        find: "if (row.version !== one.version) throw new StepRefused('STALE')",
        replace: '',
      },
      {
        file: 'server/rectification/giving.ts',
        find: "if (!(await mayOpen(parts, trx, { actor, row }))) throw new StepRefused('NOT_YOURS')",
        replace: '',
      },
    ],
    killedBy: { file: QUEUE_TEST, test: 'are taken over, and the page says which another' },
  },
  {
    id: 'stranded-cases',
    prevents: 'Cases of somebody who was suspended lie where nobody sees them.',
    edits: [
      {
        file: 'server/rectification/store/queue.ts',
        find: 'where who.staff <> all (${[...active]}::uuid[])',
        replace: 'where false',
      },
    ],
    killedBy: { file: VIEWS_TEST, test: 'are named in the queue, open to all' },
  },
  {
    id: 'letter-block-check',
    prevents: 'A letter goes to a private or foreign party although there is a transmission block.',
    edits: [
      {
        file: 'server/rectification/telling.ts',
        find: 'return mayBeSent(office) || !isInForce',
        replace: 'return mayBeSent(office) || isInForce || !isInForce',
      },
    ],
    killedBy: {
      file: 'test/rectification/recipients-letters.test.ts',
      test: 'say of a block what is known',
    },
  },
  {
    id: 'unconfirmed-supervisors',
    prevents: 'An office reads the unconfirmed decisions of all others.',
    edits: [
      {
        file: 'migrations/0092_rectification_supervised.ts',
        find: '(select identity.is_supervisor()) and ',
        replace: '',
      },
    ],
    killedBy: {
      file: 'test/oversight/requests.test.ts',
      test: 'show an office its own requests, and supervisors',
    },
  },
  {
    id: 'zone-kept',
    prevents: 'The lines of a passport are stored though nobody has used them.',
    edits: [
      {
        file: 'server/rectification/routes.ts',
        find: ', forgets: [ZONE] }',
        replace: ' }',
      },
    ],
    killedBy: {
      file: 'test/rectification/interrupted.test.ts',
      test: 'keeps no line of a passport',
    },
  },
  {
    id: 'zone-check-digits',
    prevents: 'A mistyped line of a passport becomes what a register is asked to write.',
    edits: [
      {
        file: 'server/rectification/forms/zone.ts',
        find: 'if (wrong.length > 0)',
        replace: 'if (false)',
      },
    ],
    killedBy: {
      file: 'test/rectification/steps.test.ts',
      test: 'say which check digit does not fit',
    },
  },
  {
    id: 'draft-version',
    prevents: 'Help on one device makes it overwrite unseen what another has saved.',
    edits: [
      {
        file: 'server/rectification/routes/step.ts',
        find: 'isTyped && isStale !== true ? readVersion(given) : 0',
        replace: '0',
      },
    ],
    killedBy: {
      file: 'test/rectification/interrupted.test.ts',
      test: 'is not overwritten unseen, whatever help',
    },
  },
]
