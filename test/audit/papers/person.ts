import type { ResidentActor } from '../../../server/identity/index.js'
import { roomOf as inquiryRoomOf } from '../../inquiries/room.js'
import { roomOf } from '../../rectification/room.js'
import type { TestApp } from '../../support/app.js'
import { PROBES, type Probe } from './probes.js'

/** The person whose own words are the probes. */
export const PERSON = 'probes'
/** Names in the original script, of which a request has one. */
const NAMES = [
  { latin: 'Žila Gol-Moḥammadī', original: 'ژیلا گل‌محمدی' },
  { latin: 'Yevheniia Yizhakevych', original: 'Євгенія Їжакевич' },
  { latin: 'ʿAbd ar-Raḥmān', original: 'عبد الرحمن' },
] as const

/** Probes in each letter, by its route and the reference of its request; in the whole report stand all of them. */
export type Written = ReadonlyMap<string, readonly Probe[]>

const half = Math.ceil(PROBES.length / 2)

/** Lets a person write every probe: the first half as questions, the second as answers, and all of them in requests. */
export async function writeProbes(app: TestApp): Promise<Written> {
  const asking = await inquiryRoomOf(app)
  const requests = await roomOf(app)
  const { actor, number } = await asking.resident(PERSON)
  const officer = await asking.staff('probes-dpo', 'dpo')
  const person = { actor, number }
  for (const [at, { text }] of PROBES.slice(0, half).entries()) {
    const question = { kind: 'surprise', reasons: ['unknown_office'], words: text } as const
    const reference = await asking.asked(person, question)
    await asking.step(officer, reference, { event: 'taken' })
    const words = PROBES[half + at]?.text
    const reply = { finding: 'mistaken', measures: ['management_told'] } as const
    const said = { ...reply, ...(words === undefined ? {} : { words }) }
    await asking.step(officer, reference, { event: 'answered', reply: said })
  }
  await asking.superuser.end()
  const written = await fileAll(requests, actor)
  const [first = ''] = [...written.keys()].map((letter) => letter.split(' ')[1] ?? '')
  const decided = await decide(requests, first)
  await requests.superuser.end()
  await app.portal.ledger.tick()
  return new Map([...written, ...decided])
}

/** A decision with reasons in words, so that there is a letter of it. */
async function decide(room: Room, reference: string): Promise<Written> {
  const { casework } = room.app.portal
  const clerk = await room.clerk('probes-clerk')
  const take = async (step: Parameters<typeof casework.step>[2]) =>
    casework.step(clerk, { reference, version: await room.version(reference) }, step)
  const probes = PROBES.filter((_, at) => at % 4 === 0)
  const words = probes.map(({ text }) => text).join('\n')
  await take({ event: 'claimed' })
  const text = { reasons: ['entry_is_right'] as const, words }
  await take({ event: 'decided', outcome: 'not_proven', text })
  return new Map([[`rectification.decision ${reference}`, probes]])
}

type Room = Awaited<ReturnType<typeof roomOf>>

const FIELDS = ['azr.family_name', 'azr.given_names', 'azr.birth_name'] as const
const EACH = Math.ceil(PROBES.length / FIELDS.length)

async function fileAll(room: Room, actor: ResidentActor): Promise<Written> {
  const filed = new Map<string, readonly Probe[]>()
  for (const [at, field] of FIELDS.entries()) {
    const probes = PROBES.slice(at * EACH, (at + 1) * EACH)
    const statement = {
      kind: 'wrong',
      stored: 'Yagmur',
      wanted: { form: 'names', onlyOne: false, ...(NAMES[at] ?? NAMES[0]) },
      words: probes.map(({ text }) => text).join('\n'),
      ...{ evidence: ['passport'] as const, restrict: true, recipients: true },
    } as const
    const reference = await room.filed(actor, { field, statement })
    filed.set(`rectification.letter ${reference}`, probes)
  }
  return filed
}
