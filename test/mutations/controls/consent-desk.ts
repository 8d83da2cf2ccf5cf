import type { Control } from '../control.js'

const DESK = 'server/consent/desk.ts'
const DESK_TEST = 'test/consent/desk.test.ts'
const TEMPLATES_TEST = 'test/consent/templates.test.ts'

/** What an office asks for, and what it may say for somebody else. */
export const CONSENT_DESK: readonly Control[] = [
  {
    id: 'template-second-person',
    prevents: 'One person writes what everybody is asked to allow, and publishes it alone.',
    edits: [
      {
        file: 'server/consent/templating.ts',
        find: "if (draft.draftedBy === actor.staff) throw new StepRefused('SAME_PERSON')",
        replace: 'void actor',
      },
      {
        file: 'migrations/0039_consent_tables.ts',
        find: 'check (published_by is null or published_by <> drafted_by)',
        replace: 'check (true)',
      },
    ],
    killedBy: {
      file: TEMPLATES_TEST,
      test: 'by the one who wrote it is refused by the application and by the database',
    },
  },
  {
    id: 'template-immutable',
    prevents: 'What somebody agreed to says something else afterwards.',
    edits: [
      {
        file: 'migrations/0039_consent_tables.ts',
        find: "raise exception 'a published version never changes' using errcode = '42501';",
        replace: 'null;',
      },
    ],
    killedBy: { file: TEMPLATES_TEST, test: 'makes a version that nobody changes' },
  },
  {
    id: 'consent-yes-paper',
    prevents: 'A caseworker says yes for somebody who signed nothing.',
    edits: [
      {
        file: DESK,
        find: "channel === 'paper' && (shownIn",
        replace: 'channel.length > 0 && (shownIn',
      },
    ],
    killedBy: { file: DESK_TEST, test: 'takes no yes at the counter' },
  },
  {
    id: 'consent-paper-age',
    prevents: 'Paper is the way round the age that a yes online needs.',
    edits: [
      {
        file: DESK,
        find: '  checkAge(facts.content, { allowed, isOfAge })\n',
        replace: '  void isOfAge\n',
      },
    ],
    killedBy: {
      file: 'test/consent/behalf.test.ts',
      test: 'a yes on paper needs the age that one online needs',
    },
  },
  {
    id: 'consent-figures-few',
    prevents: 'A figure about one person tells the data protection officer of that person.',
    edits: [
      {
        file: 'migrations/0062_consent_reporting.ts',
        find: 'where people >= ${FEWEST}',
        replace: 'where people > 0',
      },
    ],
    killedBy: {
      file: 'test/oversight/consents.test.ts',
      test: 'none about fewer than five people',
    },
  },
  {
    id: 'consent-yes-unread',
    prevents: 'A signature counts under a translation that nobody checked and nobody explained.',
    edits: [
      {
        file: DESK,
        find: "(shownIn(content, language).canAgree || helper === 'interpreter')",
        replace: "(shownIn(content, language).canAgree || helper !== 'none')",
      },
    ],
    killedBy: { file: DESK_TEST, test: 'takes a yes in a language that nobody checked' },
  },
  {
    id: 'consent-ask-look',
    prevents: 'An office types in the number of a person, and the person never learns of it.',
    edits: [
      {
        file: DESK,
        find: 'await parts.recordAsk(trx, desk, { subject, reference })',
        replace: 'void [desk, subject]',
      },
    ],
    killedBy: { file: DESK_TEST, test: 'stands in the log of the person' },
  },
  {
    id: 'consent-opened-look',
    prevents: 'A caseworker reads what somebody answered, and the person never learns of it.',
    edits: [
      {
        file: DESK,
        find: 'return [{ subject: foundOr(row).subject, fields: SHOWN, caseRef: reference }]',
        replace:
          'return foundOr(row).subject === reference ? [{ subject: reference, fields: SHOWN }] : []',
      },
    ],
    killedBy: { file: DESK_TEST, test: 'is a look that its person sees' },
  },
]
