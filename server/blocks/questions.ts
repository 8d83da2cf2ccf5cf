import type { DraftRow } from './model.js'
import type { Kind } from './rules.js'

/** The pages of each form, in their order. */
export const STEPS = {
  transmission: ['limits', 'grounds', 'office', 'check'],
  information: ['grounds', 'office', 'check'],
  restriction: ['field', 'grounds', 'check'],
  objection: ['office', 'grounds', 'check'],
} as const satisfies Readonly<Record<Kind, readonly string[]>>
export type Step = (typeof STEPS)[Kind][number]

/** What a page of the form says. */
export type Change =
  | { readonly step: 'limits' }
  | { readonly step: 'grounds'; readonly grounds: readonly string[]; readonly words?: string }
  | { readonly step: 'office'; readonly office: string }
  | { readonly step: 'field'; readonly field: string }

/** The first page of a form that still lacks something. */
export function nextStep({ kind, grounds, office, field }: DraftRow): Step {
  const lacks: Readonly<Partial<Record<Step, boolean>>> = {
    grounds: grounds.length === 0,
    office: office === undefined,
    field: field === undefined,
  }
  const steps: readonly Step[] = STEPS[kind]
  return steps.find((step) => lacks[step] === true) ?? 'check'
}
