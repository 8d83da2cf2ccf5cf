import type { Control } from '../control.js'

const INBOX = 'migrations/0106_tidings_inbox.ts'
const TEST = 'test/tidings/inbox.test.ts'

/** What comes for members of staff: each their own, and told by triggers alone. */
export const TIDINGS: readonly Control[] = [
  {
    id: 'tidings-own',
    prevents: 'A member of staff reads what came for others.',
    edits: [
      {
        file: INBOX,
        find: 'using (staff = ${STAFF} and expires_on > current_date);',
        replace: 'using (expires_on > current_date);',
      },
    ],
    killedBy: { file: TEST, test: 'nobody opens what came for others' },
  },
  {
    id: 'tidings-told-by-triggers',
    prevents: 'Whoever has the role of staff tells others something in the name of the portal.',
    edits: [
      {
        file: INBOX,
        find: 'grant usage on schema tidings to ${staff}, ${retention};',
        replace:
          'grant usage on schema tidings to ${staff}, ${retention};\n  grant execute on all functions in schema tidings to ${staff};',
      },
    ],
    killedBy: { file: TEST, test: 'shows each their own rows, and takes nothing but a mark' },
  },
  {
    id: 'tidings-settled',
    prevents: 'Somebody is told to release what another has decided already.',
    edits: [
      {
        file: 'migrations/0107_reports_tidings.ts',
        find: "perform tidings.settle(array['release_waits'], new.reference);",
        replace: 'null;',
      },
    ],
    killedBy: { file: TEST, test: 'tells second persons that a report waits' },
  },
  {
    id: 'tidings-second-person',
    prevents: 'Officers of other offices are told of a report that waits.',
    edits: [
      {
        file: INBOX,
        find: "(m.role = 'dpo' and m.office = of_office))",
        replace: "m.role = 'dpo')",
      },
    ],
    killedBy: { file: TEST, test: 'another office hears nothing' },
  },
]
