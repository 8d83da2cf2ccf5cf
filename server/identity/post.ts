import type { Catalogue } from '../catalogue/index.js'
import type { FieldError } from '../platform/kernel/inputs.js'
import { ok, refuse, type Result } from '../platform/kernel/result.js'
import type { Post } from './staffing.js'

/** Roles of staff in the order of the form. */
export const ROLES = ['caseworker', 'dpo', 'supervisor', 'operator'] as const
/** Roles that belong to an office. */
const OF_AN_OFFICE: readonly string[] = ['caseworker', 'dpo']

/** A place at an office as it was typed; supervisors and operators have no office. */
export function readPost(
  form: URLSearchParams,
  { parties, units }: Pick<Catalogue, 'parties' | 'units'>,
): Result<Post, readonly FieldError[]> {
  const role = ROLES.find((one) => one === form.get('role'))
  if (role === undefined) return refuse([problem('role')])
  if (!OF_AN_OFFICE.includes(role)) return ok({ role })
  const office = parties.byCode((form.get('office') ?? '').trim())
  const unitCode = form.get('unit') ?? ''
  const unit = unitCode === '' ? undefined : units.byCode(unitCode)
  const errors = [
    ...(office ? [] : [problem('office')]),
    ...(unitCode !== '' && unit === undefined ? [problem('unit')] : []),
  ]
  if (office === undefined || errors.length > 0) return refuse(errors)
  return ok({ role, office: office.id, ...(unit ? { unit: unit.id } : {}) })
}

function problem(field: string): FieldError {
  return { field, key: `identity:people.problem.${field}` }
}
