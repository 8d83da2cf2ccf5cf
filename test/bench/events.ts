import { createHash } from 'node:crypto'
import { takesPart, type Catalogue, type Flow, type Party } from '../../server/catalogue/index.js'
import type { SubjectId } from '../../server/identity/index.js'
import type { AccessRecorder, ReportedAccess } from '../../server/overview/index.js'
import { uuidOf } from '../../server/platform/kernel/ids.js'
import { randomBelow, seededRandom, type Random } from '../../server/platform/kernel/random.js'

/** How many people the accesses are about. */
export const PEOPLE = 1_000_000

/** The register that sends: the largest sender there is, the Central Register of Foreigners. */
const SENDER = 'bva'
const DAY = 86_400_000
const NOBODY = '00000000-0000-0000-0000-000000000000' as SubjectId

/** What the accesses are drawn from. */
export interface EventParts {
  readonly catalogue: Catalogue
  readonly recorder: Pick<AccessRecorder, 'refusals'>
  /** The same word draws the same accesses; two senders need two. */
  readonly seed: string
  /** The newest access is of this instant; the others lie up to `days` before it. */
  readonly now: Date
  readonly days: number
  /** Whom an access is about; by default one of a million people. */
  readonly subject?: (random: Random) => SubjectId
}

/** Accesses as a register reports them: fields of a sourced flow, in a stream with running numbers. */
export interface Events {
  next(count: number): ReportedAccess[]
}

/** Draws accesses from the catalogue's flows from and to one register; those it would refuse are left out. */
export function drawEvents(parts: EventParts): Events {
  const { catalogue, recorder, seed, subject = anyone } = parts
  const random = seededRandom(seed)
  const flows = catalogue.flows.filter(({ source, recipient }) =>
    [source, recipient].includes(SENDER),
  )
  const stream = { id: 1 + randomBelow(random, 1000), seq: 0 }
  return {
    next: (count) => {
      const events: ReportedAccess[] = []
      while (events.length < count) {
        const access = accessOf(parts, one(random, flows), random)
        if (recorder.refusals([access]).length > 0) continue
        stream.seq += 1
        events.push({ ...access, subject: subject(random), stream: { ...stream } })
      }
      return events
    },
  }
}

/** An access about nobody yet. */
function accessOf(
  { catalogue, now, days }: EventParts,
  flow: Flow,
  random: Random,
): ReportedAccess {
  const [from, to] = [officeOf(catalogue, flow.source), officeOf(catalogue, flow.recipient)]
  const codes = new Set(formOf(random, flow))
  const age = randomBelow(random, days * 86_400) * 1000
  return {
    subject: NOBODY,
    occurredAt: new Date(now.getTime() - Math.min(age, days * DAY)),
    operation: flow.operation,
    channel: randomBelow(random, 4) === 0 ? 'manual' : 'automated',
    source: from,
    recipient: to,
    unit: one(random, catalogue.units.all),
    purpose: must(catalogue.purposes.byCode(flow.purpose)),
    legalBasis: must(catalogue.legalBases.byCode(flow.legalBasis)),
    fields: catalogue.fields.all.filter(({ code }) => codes.has(code)),
    ...(randomBelow(random, 2) === 0 ? {} : { caseRef: `AZ ${randomBelow(random, 1e6)}/26` }),
  }
}

/** The fields of one of three forms: programs of offices ask for the same fields again and again. */
function formOf(random: Random, { fields }: Flow): readonly string[] {
  const form = one(random, [
    [0, 3],
    [0, 8],
    [2, 5],
  ] as const)
  const chosen = fields.slice(...form)
  return chosen.length > 0 ? chosen : fields
}

/** One of a million people, whose subjects look like any hash. */
function anyone(random: Random): SubjectId {
  return personOf(randomBelow(random, PEOPLE))
}

/** The subject of the person with this number. */
export function personOf(number: number): SubjectId {
  const digest = createHash('sha256').update(`person ${number}`).digest()
  return uuidOf(digest.subarray(0, 16)) as SubjectId
}

function officeOf({ parties }: Catalogue, authority: string): Party {
  return must(parties.all.find((party) => party.authority === authority && takesPart(party)))
}

/** One of the items, each as likely as the others. */
export function one<Item>(random: Random, items: readonly Item[]): Item {
  return must(items[randomBelow(random, items.length)])
}

/** The value; its absence is a fault of the catalogue. */
export function must<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('the catalogue lacks what the figures are drawn from')
  return value
}
