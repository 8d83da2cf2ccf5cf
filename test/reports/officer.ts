import { createHash } from 'node:crypto'
import { makingOf } from '../../server/compose/oversight.js'
import type { StaffActor } from '../../server/identity/index.js'
import { roomOf, type Person, type Room } from '../inquiries/room.js'
import { visitorAs } from '../journeys/stations.js'
import { startTestApp } from '../support/app.js'
import { testPages } from '../support/pages.js'
import { csrfIn, type Visitor } from '../support/visitor.js'

export const REPORTS = '/de/oversight/reports'

/** An office with accesses, and its data protection officer, who asks for reports. */
export interface Officer {
  readonly room: Room
  readonly actor: StaffActor
  readonly dpo: Visitor
  /** Releases what officers ask for. */
  readonly supervisor: StaffActor
  /** Whose data the office looked at: three times openly, once withheld. */
  readonly amina: Person
  reader(name: string): Promise<Visitor>
  /** Asks for a report as the officer does; its reference. */
  unreleased(wanted?: Wanted): Promise<string>
  /** Asks for one, which a supervisor releases. */
  asked(language?: string, query?: string, format?: string): Promise<string>
  /** Entries of Amina that the portal itself wrote: those she sees, and those she does not. */
  looks(): Promise<readonly [number, number]>
  work(): Promise<number>
  /** Makes a report anew from what it was asked with, as if it had never been made. */
  again(reference: string): Promise<void>
  forget(): Promise<number>
  lapse(): Promise<number>
  fileOf(reference: string, part?: number): Promise<Buffer>
  read(reference: string): ReturnType<Room['app']['portal']['archive']['read']>
}

interface Wanted {
  readonly language?: string
  readonly query?: string
  readonly format?: string
}

/** Starts the portal with such an office. */
export async function officerOf(env: Readonly<Record<string, string>> = {}): Promise<Officer> {
  const room = await roomOf(await startTestApp({ env }))
  const { app } = room
  const amina = await room.resident('amina')
  const actor = await room.staff('dpo', 'dpo')
  await room.staff('dpo-2', 'dpo', room.other)
  const supervisor = await room.staff('supervisor', 'supervisor')
  await room.accesses(amina, 3)
  await room.accesses(amina, 1, { disclosure: 'withheld' })
  await app.portal.ledger.tick()
  const reader = (name: string) => visitorAs(app, name)
  const dpo = await reader('dpo')
  const making = () => makingOf(app.installation, app.portal, testPages().texts)
  const { archive, releases } = app.portal
  const unreleased: Officer['unreleased'] = async (wanted = {}) => {
    const { language = 'de', query = '', format = 'pdf' } = wanted
    const { body } = await dpo.get(`${REPORTS}/new?${query}`)
    const sent = await dpo.post(REPORTS, {
      ...{ csrf: csrfIn(body), query, language, format, reason: 'routine' },
    })
    expect(sent.status).toBe(303)
    return sent.headers.get('location')?.split('/').at(-1) ?? ''
  }
  return {
    ...{ room, actor, dpo, supervisor, amina, reader, unreleased },
    asked: async (language = 'de', query = '', format = 'pdf') => {
      const reference = await unreleased({ language, query, format })
      const decision = 'released'
      expect(await releases.decide(supervisor, { reference, decision })).toBe('done')
      return reference
    },
    looks: async () => {
      const { rows } = await room.superuser.query<{ seen: number; sealed: number }>(
        `select (select count(*)::int from overview.access_event where stream is null and subject = any($1)) as seen,
          (select count(*)::int from overview.sealed_event where stream is null and subject = any($1)) as sealed`,
        [amina.actor.subjects],
      )
      return [rows[0]?.seen ?? 0, rows[0]?.sealed ?? 0]
    },
    work: () => making().work(),
    again: async (reference) => {
      await room.superuser.query(
        `update reports.report set state = 'waiting', digest = null, ended_at = null where reference = $1`,
        [reference],
      )
      if ((await making().work()) !== 1) throw new Error(`${reference} was not made again`)
    },
    forget: () => making().forget(),
    lapse: () => making().lapse(),
    fileOf: async (reference, part = 1) => {
      const pieces: Buffer[] = []
      for await (const piece of await archive.file(actor, reference, part)) pieces.push(piece)
      return Buffer.concat(pieces)
    },
    read: (reference) => archive.read(actor, reference),
  }
}

/** SHA-256 in hexadecimal. */
export function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}
