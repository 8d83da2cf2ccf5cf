import type { StaffActor } from '../../server/identity/index.js'
import type { Visitor } from '../support/visitor.js'
import { flaggedOffice, type Flagged } from './flagged.js'

/** An office of which the rules have found something, with caseworkers who can be asked. */
export interface AskedOffice {
  readonly flagged: Flagged
  /** A caseworker of another unit of the same office. */
  readonly outsider: StaffActor
}

/**
 * Makes it: `caseworker` works for the unit that looked, `caseworker-2` for another one, `supervisor` is a caseworker of
 * another office, and `operator` a supervisor.
 */
export async function askedOffice(): Promise<AskedOffice> {
  const flagged = await flaggedOffice({ unit: 'casework' })
  const { room } = flagged
  const outsider = await room.staff('caseworker-2', 'caseworker')
  await room.staff('supervisor', 'caseworker', room.other)
  await room.staff('operator', 'supervisor')
  const [unit, other] = ['casework', 'data_protection'].map(
    (code) => room.app.installation.catalogue.units.byCode(code)?.id,
  )
  await room.superuser.query(
    `update identity.staff set unit = case when staff = $1 then $3::int else $2::int end
      where role = 'caseworker'`,
    [outsider.staff, unit, other],
  )
  return { flagged, outsider }
}

/** The words of a page. */
export function wordsOf(html: string): string {
  return html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
}

/** The version of a finding, as its forms carry it. */
export function versionIn(body: string): string {
  return /name="version" value="(\d+)"/.exec(body)?.[1] ?? ''
}

/** References of the questions that a list leads to. */
export function listed(body: string): readonly string[] {
  return [...body.matchAll(/questions\/([0-9A-Z]{8})["/]/g)].map(([, one = '']) => one)
}

/** What came for somebody, the newest first. */
export async function inbox(browser: Visitor): Promise<readonly string[]> {
  const { body } = await browser.get('/de/staff/inbox')
  return [...body.matchAll(/<strong>([^<]*)<\/strong>/g)].map(([, text = '']) => text)
}
