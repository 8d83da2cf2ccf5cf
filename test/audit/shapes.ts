import { PAGES, PROGRAMS } from '../support/matrix.js'

/** An address of the portal, as Express writes it. */
export interface Shape {
  readonly method?: 'get' | 'post'
  readonly path: string
}

/** Every address that there is. */
export const SHAPES: readonly Shape[] = [...PAGES, ...PROGRAMS, { path: '/assets/:name' }]

/** Who sends requests, beside somebody who is not signed in. */
export const STAFF_AND_RESIDENTS = [
  'resident-en',
  'resident-letter',
  'caseworker',
  'dpo',
  'supervisor',
  'operator',
] as const
