import { takesPart } from '../../server/catalogue/index.js'
import type { StaffActor, StaffId } from '../../server/identity/index.js'
import {
  createCounting,
  createFigures,
  createOversight,
  type Figures,
  type Oversight,
} from '../../server/oversight/index.js'
import { must } from './events.js'
import { fillLog } from './filled-log.js'
import { ask, inFreshPlace, type Place } from './place.js'

/** Entries of one office at which officers are asked; the second is ten times the first. */
export const SIZES = [1_000_000, 10_000_000] as const
/** So many are recorded as authorities report them; the others are their copies about other people. */
const RECORDED = 50_000

/** An officer of the office with every entry, and what they read. */
export interface FilledOffice {
  readonly place: Place
  readonly actor: StaffActor
  readonly oversight: Oversight
  readonly figures: Figures
  /** Leaf indices that the log has; copies are in no tree. */
  readonly size: number
  /** Seconds of the job that counts everything from the beginning. */
  readonly countSeconds: number
}

/** Fills one log to each size and hands it over, counted; answers in their order. */
export async function atEachSize<Value>(
  work: (filled: FilledOffice) => Promise<Value>,
): Promise<Value[]> {
  return inFreshPlace(async (place) => {
    await fillLog(place, { entries: RECORDED, residents: [], entriesEach: 0 })
    // No page of an officer asks by person; an index that nobody reads only slows the filling.
    for (const table of ['access', 'sealed']) {
      await ask(place.adminUrl, `drop index overview.${table}_event_of_a_subject`)
    }
    for (const table of ['access', 'sealed']) await ask(place.adminUrl, flagsIn(table))
    const [head] = await ask<{ size: string }>(place.adminUrl, 'select size from ledger.head')
    const shift = Number(must(head).size)
    const answers: Value[] = []
    for (let copies = 1, at = 0; at < SIZES.length; at++) {
      for (; copies * RECORDED < (SIZES[at] ?? 0); copies++) {
        await ask(place.adminUrl, copyOf(copies, shift))
      }
      await ask(place.adminUrl, 'vacuum analyze')
      answers.push(await work(await officeOf(place, copies * shift)))
    }
    return answers
  })
}

async function officeOf(place: Place, size: number): Promise<FilledOffice> {
  const { inTransaction, installation } = place
  const { catalogue, clock } = installation
  const logState = () => Promise.resolve({ size, at: clock.now() })
  const parts = { inTransaction, catalogue, clock, logState }
  const start = performance.now()
  await createCounting(parts).count()
  const countSeconds = (performance.now() - start) / 1000
  await ask(place.adminUrl, 'vacuum analyze oversight.figure')
  const office = must(
    catalogue.parties.all.find((party) => party.authority === 'bva' && takesPart(party)),
  ).id
  const staff = '33333333-3333-4333-8333-333333333333' as StaffId
  await ask(
    place.adminUrl,
    `insert into identity.staff (staff, role, office, assurance) values ('${staff}', 'dpo', ${office}, 'high')
      on conflict do nothing`,
  )
  return {
    ...{ place, size, countSeconds },
    actor: { role: 'dpo', staff, office, assurance: 'high' },
    oversight: createOversight(parts),
    figures: createFigures(parts),
  }
}

/** One in two hundred breaks a rule. */
const flagsIn = (table: string) => `
  insert into overview.${table}_flag (leaf_index, rule, subject, fields, flagged_at, expires_on)
    select leaf_index, 'flow.unknown', subject, fields, recorded_at, expires_on
    from overview.${table}_event where leaf_index % 200 = 7 on conflict do nothing`

const COLUMNS = `operation, channel, source, recipient, unit, purpose, legal_basis, fields, case_ref, salt`

/** Triggers of the log are left out: nothing that they guard is asked about here. */
const copyOf = (copy: number, shift: number) => `
  begin;
  set local session_replication_role = replica;
  ${['access', 'sealed']
    .map((table) => {
      const more = table === 'sealed' ? ', rule, release_due' : ''
      return `
  insert into overview.${table}_event (class, expires_on, leaf_index, recorded_at, occurred_at, subject, ${COLUMNS}${more})
    select class, expires_on, leaf_index + ${copy * shift}, recorded_at, occurred_at,
      md5(subject::text || '${copy}')::uuid, ${COLUMNS}${more}
    from overview.${table}_event where leaf_index < ${shift};
  insert into overview.${table}_flag (leaf_index, rule, subject, fields, flagged_at, expires_on)
    select leaf_index + ${copy * shift}, rule, md5(subject::text || '${copy}')::uuid, fields, flagged_at, expires_on
    from overview.${table}_flag where leaf_index < ${shift};`
    })
    .join('')}
  commit`
