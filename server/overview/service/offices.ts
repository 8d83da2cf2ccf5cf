import type { Field, Party } from '../../catalogue/index.js'
import { DomainError } from '../../platform/kernel/errors.js'
import { monthsUpTo } from '../calendar.js'
import { heldNow, type Holding } from '../holdings.js'
import {
  fieldsOf,
  mayBeWithheld,
  mergeActivities,
  officesOf,
  reasonsOf,
  type Activity,
  type HeldField,
  type OfficeSummary,
  type Reason,
} from '../rules.js'
import { readActivities, readActsByMonth, readHoldings, type MonthOfActs } from '../store.js'
import type { Reading } from './reading.js'

/** Months that the chart of an office spans, the current one included. */
const CHART_MONTHS = 12

/** Everything that the page of one office shows. */
export interface OfficeFacts {
  readonly party: Party
  readonly reasons: readonly Reason[]
  /** What it held until it was erased, as long as the erasure is in the log. */
  readonly ended: readonly Holding[]
  /** Accesses per month, oldest first; `month` is `YYYY-MM`. */
  readonly months: readonly { readonly month: string; readonly count: number }[]
  /** Accesses of the office in the log. */
  readonly accesses: number
  readonly mayBeWithheld: boolean
}

/** Everything that the page of one field shows. */
export interface FieldFacts {
  readonly field: Field
  readonly held: readonly Holding[]
  readonly ended: readonly Holding[]
}

/** Offices that hold data or acted. */
export async function readOffices(reading: Reading): Promise<readonly OfficeSummary[]> {
  const holdings = heldNow(await veiledHoldings(reading))
  const activities = await veiledActivities(reading)
  return officesOf(holdings, activities)
}

/** One office that holds data or acted; for every other the same refusal, whether it exists or not. */
export async function readOffice(reading: Reading, code: string): Promise<OfficeFacts> {
  const { catalogue, veil, now } = reading
  const party = catalogue.parties.byCode(code)
  if (party === undefined || veil.party(party).id !== party.id) throw new DomainError('NOT_FOUND')
  const all = await veiledHoldings(reading)
  const holdings = all.filter(({ holder }) => holder.id === party.id)
  const acts = await readActsByMonth(reading, numbersOf(reading, party))
  if (holdings.length === 0 && acts.length === 0) throw new DomainError('NOT_FOUND')
  return {
    party,
    reasons: reasonsOf(heldNow(holdings)),
    ended: holdings.filter(({ endedAt }) => endedAt !== undefined),
    months: monthsUpTo(now, CHART_MONTHS).map((month) => ({ month, count: countIn(acts, month) })),
    accesses: acts.reduce((sum, { count }) => sum + count, 0),
    mayBeWithheld: mayBeWithheld(party, catalogue.flows),
  }
}

function countIn(acts: readonly MonthOfActs[], month: string): number {
  return acts.reduce((sum, act) => (act.month === month ? sum + act.count : sum), 0)
}

/** Every held field with its holders. */
export async function readData(reading: Reading): Promise<readonly HeldField[]> {
  return fieldsOf(heldNow(await veiledHoldings(reading)))
}

/** Every holding as it stands in the store; a letter alone downloads nothing. */
export async function readAllHoldings(reading: Reading): Promise<readonly Holding[]> {
  if (reading.veil.sight === 'kinds') throw new DomainError('ASSURANCE')
  return readHoldings(reading)
}

/** Who holds one field; refuses a session that sees kinds of data only. */
export async function readField(reading: Reading, code: string): Promise<FieldFacts> {
  const field = reading.catalogue.fields.byCode(code)
  if (field === undefined) throw new DomainError('NOT_FOUND')
  if (reading.veil.sight === 'kinds') throw new DomainError('ASSURANCE')
  const of = (await veiledHoldings(reading)).filter((holding) => holding.field.id === field.id)
  return { field, held: heldNow(of), ended: of.filter(({ endedAt }) => endedAt !== undefined) }
}

/** The catalogue numbers of an office, or of all offices of a kind where the session sees kinds. */
export function numbersOf({ catalogue, veil }: Reading, party: Party): readonly number[] {
  return catalogue.parties.all
    .filter((one) => one.id === party.id || veil.party(one).id === party.id)
    .map(({ id }) => id)
}

async function veiledHoldings(reading: Reading): Promise<readonly Holding[]> {
  return (await readHoldings(reading)).map((holding) => reading.veil.holding(holding))
}

async function veiledActivities(reading: Reading): Promise<readonly Activity[]> {
  const activities = await readActivities(reading)
  return mergeActivities(
    activities.map((activity) => ({ ...activity, party: reading.veil.party(activity.party) })),
  )
}

/** How many offices hold data. */
export async function countHolders(reading: Reading): Promise<number> {
  const holdings = heldNow(await veiledHoldings(reading))
  return new Set(holdings.map(({ holder }) => holder.id)).size
}
