import type { ResidentActor } from '../identity/actor.js'
import type { LiveValue, LiveValues, Wanted } from '../registers/index.js'
import type { Holding } from './holdings.js'

/** Asks connected offices what they have written now: for one page, and never kept. */
export type LiveSource = (actor: ResidentActor, wanted: readonly Wanted[]) => Promise<LiveValues>

export type { LiveValue, LiveValues } from '../registers/index.js'

/** What can be asked about holdings: each office once for each number under which it holds them. */
export function wantedOf(held: readonly Holding[]): readonly Wanted[] {
  const calls = new Map<string, { office: string; subject: Wanted['subject']; fields: string[] }>()
  for (const { holder, subject, field } of held) {
    const key = `${holder.code} ${subject}`
    const call = calls.get(key) ?? { office: holder.code, subject, fields: [] }
    calls.set(key, call)
    if (!call.fields.includes(field.code)) call.fields.push(field.code)
  }
  return [...calls.values()]
}

/** Whether offices have written different things; the order of several values says nothing. */
export function differ(values: readonly LiveValue[]): boolean {
  const told = values.flatMap((value) => (value.kind === 'value' ? [value.texts] : []))
  return new Set(told.map((texts) => JSON.stringify([...texts].sort()))).size > 1
}
