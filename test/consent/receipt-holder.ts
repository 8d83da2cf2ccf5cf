import type { TestApp } from '../support/app.js'
import type { Person, Room } from './room.js'
import type { StaffActor } from '../../server/identity/index.js'

/** A signed consent record as a person takes it away. */
export type SignedRecord = Readonly<Record<string, unknown>> & { readonly 'sec:jws': string }

/** What a person meets who is signed in under a name. */
export interface Holder {
  open(path: string): Promise<Response>
  record(reference: string, entry?: number, language?: string): Promise<SignedRecord>
}

/** Signs a person of the room in. */
export async function holderOf(app: TestApp, name: string): Promise<Holder> {
  const session = await app.portal.identity.signInDemo(name)
  if (session === undefined) throw new Error(`${name} cannot sign in`)
  const headers = { cookie: `mirat=${session.token}` }
  const open = (path: string) => fetch(`${app.url}${path}`, { headers, redirect: 'manual' })
  return {
    open,
    record: async (reference, entry, language = 'ar') => {
      const query = entry === undefined ? '' : `?entry=${entry}`
      const answer = await open(`/${language}/me/permissions/${reference}/receipt.json${query}`)
      if (answer.status !== 200) throw new Error(`no record: ${answer.status}`)
      return (await answer.json()) as SignedRecord
    },
  }
}

/** References of consents to which everything happened that can, by their last event. */
export interface Lives {
  readonly given: string
  readonly refused: string
  readonly withdrawn: string
  readonly superseded: string
  readonly expired: string
}

/** Lets everything happen to consents of one person. */
export async function livesOf(
  room: Room,
  { person, clerk, colleague }: { person: Person; clerk: StaffActor; colleague: StaffActor },
): Promise<Lives> {
  const { clock, portal } = room.app
  const publish = (code: string, changes = {}) =>
    room.published([clerk, colleague], room.content(code, changes))
  const answer = async (template: string, allowed: readonly string[]) => {
    const asked = await room.asked(clerk, person, template)
    const [reference = ''] = await room.answered(person, asked, allowed)
    return reference
  }
  const start = clock.now()
  const expired = await answer(await publish('c.mentoring', { duration: 'P1M' }), ['all'])
  const { consent } = await portal.consents.consent(person.actor, expired)
  clock.moveTo(consent.validUntil ?? start)
  await portal.consentUpkeep.expire()
  clock.moveTo(start)
  const newsletter = await publish('c.newsletter')
  const withdrawn = await answer(newsletter, ['all'])
  await portal.consents.withdraw(person.actor, withdrawn)
  const refused = await answer(newsletter, [])
  const superseded = await answer(newsletter, ['all'])
  return { expired, withdrawn, refused, superseded, given: await answer(newsletter, ['all']) }
}
