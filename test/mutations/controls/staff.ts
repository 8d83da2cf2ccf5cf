import type { Control } from '../control.js'

const STAFF = 'migrations/0094_identity_further_offices.ts'
const STAFFING_TEST = 'test/identity/staffing.test.ts'
const OFFICES_TEST = 'test/identity/offices.test.ts'

/** Where others open the post, no code is sent. */
const HOUSING_TEST = 'test/identity/housing.test.ts'

/** Who becomes a member of staff, and who is none any more. */
export const STAFFING: readonly Control[] = [
  {
    id: 'two-operators',
    prevents: 'One operator lets in whomever they like, alone.',
    edits: [
      {
        file: STAFF,
        find: 'm.invited_by is distinct from confirm_staff.confirmed_by',
        replace: 'true',
      },
    ],
    killedBy: { file: STAFFING_TEST, test: 'is let in by two operators, never by one' },
  },
  {
    id: 'suspended-proposed-anew',
    prevents: 'One operator suspends another one, lets them in again, and acts under both names.',
    edits: [
      {
        file: STAFF,
        find: "('invited', 'confirmed') and m.officer",
        replace: "('invited', 'confirmed', 'suspended') and m.officer",
      },
    ],
    killedBy: { file: STAFFING_TEST, test: 'is let in again by no operator alone' },
  },
  {
    id: 'told-before-deletion',
    prevents: 'An unused account is deleted though nobody has told its owner.',
    edits: [
      {
        file: 'migrations/0035_identity_ending.ts',
        find: "and a.ending_told_at <= at - interval '4 weeks' returning 1",
        replace: 'returning 1',
      },
    ],
    killedBy: {
      file: 'test/identity/accounts.test.ts',
      test: 'that nobody has used for three years is deleted',
    },
  },
  {
    id: 'second-sought',
    prevents: 'A decision waits for good for somebody who has left.',
    edits: [
      {
        file: 'server/rectification/upkeep.ts',
        find: 'await inTransaction(WORKER, (trx) => seekSeconds(trx, clock.now()))',
        replace: '',
      },
    ],
    killedBy: {
      file: 'test/rectification/stranded.test.ts',
      test: 'is asked of the partner, and of a colleague again once there is one',
    },
  },
  {
    id: 'shared-housing-said',
    prevents: 'A code is posted to a shelter, where others open the letter and sign in.',
    edits: [
      {
        file: 'server/identity/order.ts',
        find: "way === 'posted' && housing === 'shared'",
        replace: 'false',
      },
      {
        file: 'server/identity/issuing.ts',
        find: 'return sharesHousing || (',
        replace: 'return (',
      },
    ],
    killedBy: { file: HOUSING_TEST, test: 'is asked about at the desk before anything is posted' },
  },
  {
    id: 'shared-housing-noted',
    prevents: 'A second clerk, who was not told of the shelter, posts the code after all.',
    edits: [
      {
        file: 'server/identity/issuing.ts',
        find: 'sharesHousing || (await readHousing(trx))',
        replace: 'sharesHousing === true',
      },
    ],
    killedBy: {
      file: HOUSING_TEST,
      test: 'gets no code by post, neither when it is said nor later when it is not',
    },
  },
  {
    id: 'suspension',
    prevents: 'A member of staff who left goes on reading until the session runs out.',
    edits: [
      {
        file: STAFF,
        find: "and (s.staff is null or (m.state = 'active' and p.state = 'active'))",
        replace: '',
      },
      {
        file: STAFF,
        find: 'delete from identity.session s where s.staff = suspend_staff.staff or s.post = suspend_staff.staff;',
        replace: '',
      },
    ],
    killedBy: { file: STAFFING_TEST, test: 'who is suspended is out with the next click' },
  },
  {
    id: 'suspension-of-keys',
    prevents: 'A member of staff who left signs in again with the passkey.',
    edits: [
      {
        file: STAFF,
        find: "and (s.staff is null or (m.state = 'active' and p.state = 'active'))",
        replace: '',
      },
      {
        file: STAFF,
        find: 'where p.staff = suspend_staff.staff and p.removed_at is null;',
        replace: 'where false;',
      },
    ],
    killedBy: { file: STAFFING_TEST, test: 'who is suspended does not come back with the passkey' },
  },
  {
    id: 'idle-staff',
    prevents: 'Access that nobody needs any more stays open for whoever finds the key.',
    edits: [{ file: STAFF, find: "interval '45 days'", replace: "interval '45 years'" }],
    killedBy: { file: STAFFING_TEST, test: 'is suspended after 45 days without a sign-in' },
  },
  {
    id: 'office-by-two',
    prevents: 'One operator makes an officer the officer of whatever office they like, alone.',
    edits: [
      {
        file: STAFF,
        find: 'and m.invited_by is distinct from by_operator and by_operator is not null',
        replace: '',
      },
    ],
    killedBy: {
      file: OFFICES_TEST,
      test: 'is let in by two operators, without a code of their own',
    },
  },
  {
    id: 'office-of-the-own',
    prevents: 'An officer acts for an office that somebody else serves.',
    edits: [
      { file: STAFF, find: '\n        and coalesce(m.officer, m.staff) = s.staff;', replace: ';' },
    ],
    killedBy: { file: OFFICES_TEST, test: 'becomes nobody else, and nobody else becomes them' },
  },
  {
    id: 'office-new-token',
    prevents: 'A token that was read before an officer changed the office goes on opening both.',
    edits: [{ file: STAFF, find: ', token_hash = take_office.new_token_hash', replace: '' }],
    killedBy: { file: OFFICES_TEST, test: 'sees one office at a time, and says which' },
  },
  {
    id: 'office-suspended',
    prevents: 'Who was suspended goes on as the officer of another office.',
    edits: [
      {
        file: STAFF,
        find: "update identity.staff m set state = 'suspended', changed_at = at\n      where m.officer",
        replace:
          "update identity.staff m set state = 'suspended', changed_at = at\n      where false and m.officer",
      },
    ],
    killedBy: {
      file: OFFICES_TEST,
      test: 'serves no office any more once they are suspended themselves',
    },
  },
  {
    id: 'office-stale-form',
    prevents: 'A form that was opened for one office is carried out for another.',
    edits: [
      {
        file: STAFF,
        find: ',\n        csrf = sha256(s.csrf || take_office.new_token_hash)',
        replace: '',
      },
    ],
    killedBy: { file: OFFICES_TEST, test: 'does nothing for one office with a form' },
  },
]
