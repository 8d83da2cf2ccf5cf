import type { ResidentActor } from '../identity/actor.js'
import type { Section } from '../platform/kernel/section.js'
import type { Consents } from './service.js'
import type { ConsentNotices } from './told.js'

/** What this room keeps of a resident: what they were asked, and what they gave, refused and withdrew. */
export function consentSections(
  consents: Pick<Consents, 'asked' | 'unanswered' | 'list' | 'consent'>,
  notices: Pick<ConsentNotices, 'told'>,
): Section<ResidentActor>[] {
  return [
    {
      name: 'consents_asked',
      tables: ['consent.ask'],
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
      items: async function* (actor) {
        for (const card of await consents.list(actor)) {
          const { consent, office, content } = card
          const { entries } = await consents.consent(actor, consent.reference)
          const told = await notices.told(actor, consent.reference)
          yield {
            ...{ id: consent.consent, reference: consent.reference, office: office.code },
            ...{ part: consent.part, state: consent.state, content },
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
