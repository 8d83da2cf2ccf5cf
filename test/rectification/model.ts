import type { ResidentActor, StaffActor } from '../../server/identity/index.js'
import type { Statement } from '../../server/rectification/statement.js'
import { legal } from './machine.js'
import type { Room } from './room.js'

/** The people and the real room that commands are carried out in. */
export interface World {
  readonly room: Room
  readonly residents: readonly ResidentActor[]
  /** The first two are of the office that answers, the others of another one. */
  readonly clerks: readonly StaffActor[]
}

/** A draft as the model remembers it. */
export interface ModelDraft {
  readonly id: string
  readonly owner: number
  version: number
  statement: Statement
}

/** A filed request as the model remembers it. */
export interface ModelCase {
  readonly reference: string
  readonly owner: number
  state: string
  office: number
  version: number
  assignee?: string | undefined
  proposer?: string | undefined
  isFormMet: boolean
  isExtended: boolean
  /** Who has given a reason for opening it. */
  readonly openers: Set<string>
}

/** What should be so. */
export interface Model {
  readonly drafts: ModelDraft[]
  readonly cases: ModelCase[]
}

/** Nothing has happened. */
export function beginning(): Model {
  return { drafts: [], cases: [] }
}

/** As whom a clerk meets a case; nothing where it is out of sight. */
export function causeOf(one: ModelCase, clerk: StaffActor): string | undefined {
  if (one.office !== clerk.office) return undefined
  if (one.state === 'proposed' && one.proposer !== clerk.staff) return 'second'
  return one.assignee === clerk.staff ? 'assignee' : 'colleague'
}

/** Whether somebody may go on with a case: a colleague's needs a reason first. */
export function isOpenTo(one: ModelCase, clerk: StaffActor, event: string): boolean {
  const isColleagues = one.assignee !== undefined && one.assignee !== clerk.staff
  const isFree = !isColleagues || causeOf(one, clerk) === 'second'
  return event === 'opened' || isFree || one.openers.has(clerk.staff)
}

/** Where an event leads a case that a cause meets; nothing where it must be refused. */
export function leads(one: ModelCase, event: string, cause: string | undefined) {
  const known = legal.get(`${one.state} ${event}`)
  return cause !== undefined && known?.by.includes(cause) ? known.to : undefined
}
