import type { ResidentActor } from '../identity/actor.js'
import type { Section } from '../platform/kernel/section.js'
import type { Consents } from './service.js'
import { SOURCE_LANGUAGE, type Content } from './template.js'
import type { ConsentNotices } from './told.js'

const ASKED = {
  ...{ reference: 'plain', office: 'party', purpose: 'purpose', fields: 'field' },
  ...{ recipients: 'party', parts: 'inner', askedAt: 'plain', lapsesAt: 'plain' },
  ...{ wish: 'copy:wish.*', state: 'copy:asked.*', endedAt: 'plain' },
} as const
const CONSENTS = {
  ...{ id: 'inner', reference: 'plain', office: 'party', part: 'inner', title: 'plain' },
  ...{ partTitle: 'plain', state: 'consent:state.*', content: 'inner' },
  ...{ 'content.purpose': 'purpose', 'content.legalBasis': 'legalBasis' },
  ...{ 'content.fields': 'field', 'content.recipients': 'party' },
  ...{ givenAt: 'plain', validUntil: 'plain', endedAt: 'plain' },
  ...{ entries: 'inner', 'entries.effectiveAt': 'plain', 'entries.event': 'consent:event.*' },
  ...{ 'entries.by': 'copy:by.*', 'entries.channel': 'consent:channel.*' },
  ...{ 'entries.language': 'language', 'entries.helper': 'copy:helper.*' },
  ...{ 'entries.validUntil': 'plain', 'told.recipient': 'party', told: 'inner' },
  ...{ 'told.state': 'copy:told.*', 'told.withdrawnAt': 'plain' },
} as const

/** What this room keeps of a resident: what they were asked, and what they gave, refused and withdrew. */
export function consentSections(
  consents: Pick<Consents, 'asked' | 'unanswered' | 'list' | 'consent'>,
  notices: Pick<ConsentNotices, 'told'>,
): Section<ResidentActor>[] {
  return [
    {
      name: 'consents_asked',
      tables: ['consent.ask'],
      senses: ASKED,
      items: async function* (actor) {
        const asked = [...(await consents.asked(actor)), ...(await consents.unanswered(actor))]
        for (const { ask, office, content } of asked) {
          const { reference, parts, askedAt, lapsesAt, wish, state } = ask
          const { purpose, fields, recipients } = content
          yield {
            ...{ reference, office: office.code, purpose, fields, recipients, parts },
            ...{ askedAt, lapsesAt, wish: wish ?? null, state, endedAt: ask.endedAt ?? null },
          }
        }
      },
    },
    {
      name: 'consents',
      tables: ['consent.consent', 'consent.entry', 'consent.notice'],
      senses: CONSENTS,
      items: async function* (actor) {
        for (const card of await consents.list(actor)) {
          const { consent, office, content } = card
          const { entries } = await consents.consent(actor, consent.reference)
          const told = await notices.told(actor, consent.reference)
          yield {
            ...{ id: consent.consent, reference: consent.reference, office: office.code },
            ...{ part: consent.part, state: consent.state, content },
            ...seen(content, consent.part),
            givenAt: consent.givenAt ?? null,
            validUntil: consent.validUntil ?? null,
            endedAt: consent.endedAt ?? null,
            entries: entries.map(({ wording, ...entry }) => ({
              ...entry,
              wording: wording.toString('hex'),
            })),
            told: told.map(({ party, ...facts }) => ({ recipient: party.code, ...facts })),
          }
        }
      },
    },
  ]
}

/** What the person read at its head, and as the part that it is about; the German text counts. */
function seen({ wordings }: Content, part: string): object {
  const german = wordings[SOURCE_LANGUAGE]
  return { title: german?.title ?? null, partTitle: german?.parts[part] ?? null }
}
