import type pg from 'pg'
import { ACT_TYPE, createAppointmentBook } from '../../server/appointments/index.js'
import { createBlockRule } from '../../server/blocks/index.js'
import type { Flow, Party } from '../../server/catalogue/index.js'
import type { Installation } from '../../server/compose/installation.js'
import type { Rooms } from '../../server/compose/rooms.js'
import { createConsentRule, flagsAfterJudging } from '../../server/consent/index.js'
import type { SubjectId } from '../../server/identity/index.js'
import { createCommitAll } from '../../server/journal/index.js'
import { createOrigins } from '../../server/ledger/index.js'
import { offHours } from '../../server/oversight/flags/hours.js'
import {
  createRecorder,
  type AccessRecorder,
  type ReportedAccess,
} from '../../server/overview/index.js'
import { travellingClock } from '../../server/platform/kernel/clock.js'
import { germanDay } from '../../server/platform/kernel/days.js'
import { randomBelow, seededRandom, type Random } from '../../server/platform/kernel/random.js'
import { must, one, personOf } from '../bench/events.js'
import type { Consent } from './cited-consents.js'

const DAY = 86_400_000
const INGEST = { login: 'ingest', role: 'ingest' } as const
const BATCH = 1000
/** The unit out of which data are carried; the others work. */
const LEAK = 'records'
/** Whoever has an appointment came so many days ago. */
const VISIT = 30

/** Where misuse is planted: an installation with its rooms, and the superuser. */
export interface Ground {
  readonly installation: Installation
  readonly rooms: Rooms
  readonly superuser: Pick<pg.Client, 'query'>
}

/** Makes accesses of one office, and records them. */
export interface Sower {
  readonly office: Party
  readonly random: Random
  total(): number
  /** Records accesses; their leaves, in the order in which they were made. */
  sow(count: number, make: (at: number) => ReportedAccess): Promise<number[]>
  stranger(): SubjectId
  store(customer: number): ReportedAccess
  lookup(subject: SubjectId, when?: 'night' | 'weekend'): ReportedAccess
  lookupOf(customer: number, when?: 'night'): ReportedAccess
  /** A look within the same weeks as the others at this person. */
  neighbour(subject: SubjectId): ReportedAccess
  exported(day: number): ReportedAccess
  /** A look around the day of an appointment, whether there is one or not. */
  visit(subject: SubjectId): ReportedAccess
  /** Tells of an appointment of each, before the looks or once they are in the log. */
  book(subjects: readonly SubjectId[], when: 'before' | 'afterwards'): Promise<void>
  citing(consent: Consent, at: number): ReportedAccess
  prohibited(): ReportedAccess
}

/** Takes hold of an installation whose office is to be watched. */
export async function sowerOf({ installation, rooms }: Ground): Promise<Sower> {
  const { catalogue, clock } = installation
  const random = seededRandom('misuse')
  const recorder = recorderOf({ installation, rooms })
  const now = clock.now().getTime()
  const party = (code: string) => must(catalogue.parties.byCode(code))
  const office = party('i.pf.abh')
  const flow = (test: (one: Flow) => boolean) =>
    must(catalogue.flows.find((one) => one.disclosure === 'open' && test(one)))
  const asked = flow((f) => f.source === 'bva' && f.recipient === 'abh' && f.operation === 'query')
  const stored = flow((f) => f.source === 'abh' && f.recipient === 'bva' && f.operation === 'store')
  const units = catalogue.units.all.filter(({ code }) => code !== LEAK)
  const stream = { id: 7, seq: 0 }
  let strangers = 5_000_000
  let total = 0
  const accessBy = (
    of: Flow,
    source: Party,
    recipient: Party,
  ): Omit<ReportedAccess, 'subject'> => ({
    ...{ operation: of.operation, channel: 'manual', source, recipient },
    ...{ occurredAt: new Date(now), unit: one(random, units) },
    purpose: must(catalogue.purposes.byCode(of.purpose)),
    legalBasis: must(catalogue.legalBases.byCode(of.legalBasis)),
    fields: catalogue.fields.all.filter(({ code }) => of.fields.slice(0, 3).includes(code)),
  })
  /** Customers come steadily, between 95 and 10 days ago, and somebody looks again before the last days. */
  const age = (customer: number) => 10 + ((customer * 7919) % 85)
  const storedAt = (customer: number) => now - age(customer) * DAY
  const between = (from: number, days: number, when?: 'night' | 'weekend') =>
    instantIn(random, { from, days, when })
  const lookup: Sower['lookup'] = (subject, when) => ({
    ...accessBy(asked, party('i.de.bva'), office),
    subject,
    occurredAt: between(now - 60 * DAY, 55, when),
  })
  return {
    ...{ office, random, lookup, total: () => total },
    sow: async (count, make) => {
      const indices: number[] = []
      for (let from = 0; from < count; from += BATCH) {
        const size = Math.min(BATCH, count - from)
        const accesses = Array.from({ length: size }, (_, at) => {
          stream.seq += 1
          return { ...make(from + at), stream: { ...stream } }
        })
        const prepared = await recorder.prepare(accesses)
        const done = await rooms.inTransaction(INGEST, (trx) => recorder.record(trx, prepared))
        indices.push(...done.indices)
      }
      total += count
      return indices
    },
    stranger: () => personOf(strangers++),
    store: (customer) => ({
      ...accessBy(stored, office, party('i.de.bva')),
      ...{ subject: personOf(customer), occurredAt: new Date(storedAt(customer)) },
    }),
    lookupOf: (customer, when) => ({
      ...lookup(personOf(customer)),
      occurredAt: between(storedAt(customer), Math.min(57, age(customer) - 4), when),
    }),
    neighbour: (subject) => ({
      ...lookup(subject),
      occurredAt: between(now - 40 * DAY, 28),
    }),
    exported: (day) => ({
      ...lookup(personOf(strangers++)),
      unit: must(catalogue.units.byCode(LEAK)),
      occurredAt: workdayHour(random, now, day),
    }),
    visit: (subject) => ({ ...lookup(subject), occurredAt: between(now - VISIT * DAY, 3) }),
    book: (subjects, when) =>
      bookAll({ installation, rooms }, subjects, {
        office: office.id,
        day: germanDay(new Date(now - (VISIT - 1) * DAY)),
        at: new Date(when === 'before' ? now - 90 * DAY : now),
      }),
    citing: ({ consent, subject, isWithdrawn }, at) => ({
      ...{ subject, consentId: consent, operation: 'transmit', channel: 'manual' },
      ...{ source: party('i.pf.integrationsmanagement'), recipient: party('kammer') },
      purpose: must(catalogue.purposes.byCode('v_job_placement')),
      legalBasis: must(catalogue.legalBases.byCode('gdpr_6_1_a')),
      fields: catalogue.fields.all.filter(({ code }) => code === 'vol.cv'),
      occurredAt: between(now - (isWithdrawn ? 9 : 20) * DAY, 5 + (at % 2)),
    }),
    prohibited: () => ({
      ...lookup(personOf(strangers++)),
      source: party('schule'),
    }),
  }
}

/** A recorder that asks every room, as deliveries have it. */
function recorderOf({
  installation,
  rooms,
}: Pick<Ground, 'installation' | 'rooms'>): AccessRecorder {
  const { catalogue, clock, random, secrets, config, mayCopy } = installation
  const { ledger, inTransaction } = rooms
  return createRecorder(
    {
      ...{ catalogue, ledger, clock, random },
      origins: createOrigins(secrets.originKey),
      operatorKey: secrets.operatorKey,
      defaultPeriod: config.defaultPeriod,
      furtherRules: [
        createConsentRule({ inTransaction, catalogue }),
        createBlockRule({ inTransaction }),
      ],
      lookAgain: flagsAfterJudging,
    },
    mayCopy ? 'copy' : 'insert',
  )
}

/** Appointments as the portal notes them, under a clock of their own. */
async function bookAll(
  { installation, rooms }: Pick<Ground, 'installation' | 'rooms'>,
  subjects: readonly SubjectId[],
  { office, day, at }: { readonly office: number; readonly day: string; readonly at: Date },
): Promise<void> {
  const { catalogue } = installation
  const commitAll = createCommitAll(ACT_TYPE, {
    ...{ ledger: rooms.ledger, catalogue },
    operatorDigest: () => Buffer.alloc(32),
  })
  const book = createAppointmentBook({
    ...{ commitAll, clock: travellingClock(at) },
    refKey: Buffer.alloc(32),
  })
  for (let from = 0; from < subjects.length; from += BATCH) {
    const reported = subjects.slice(from, from + BATCH).map((subject) => {
      return { ref: `appointment-${subject}`, version: 1, subject, day, status: 'booked' as const }
    })
    await rooms.inTransaction(INGEST, (trx) => book.note(trx, { office, stream: 'sown' }, reported))
  }
}

/** An instant in working hours, or outside them for the reason given. */
function instantIn(
  random: Random,
  { from, days, when }: { from: number; days: number; when: 'night' | 'weekend' | undefined },
): Date {
  for (;;) {
    const at = new Date(from + randomBelow(random, days * 86_400) * 1000)
    if (offHours(at) === when) return at
  }
}

/** Some instant of a working day: the days are a week apart, the latest nine days ago. */
function workdayHour(random: Random, now: number, day: number): Date {
  for (let back = 9 + day * 7; ; back++) {
    const noon = new Date(`${new Date(now - back * DAY).toISOString().slice(0, 10)}T12:00:00Z`)
    if (offHours(noon) !== undefined) continue
    return new Date(noon.getTime() - 3 * 3_600_000 + randomBelow(random, 6 * 3600) * 1000)
  }
}
