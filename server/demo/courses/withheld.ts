import { on, type Course } from '../step.js'

/** Accesses that their person does not see yet: one waits for a review, one for its day. */
export const HELD_BACK: Course = [
  on(31, 'abh.status', { review: true }),
  on(6, 'abh.lookup', { heldFor: 60 }),
]

/** Accesses that their person does not see, of each sort that the law knows. */
export const WITHHELD: Course = [
  on(320, 'police.residents'),
  on(210, 'customs.residents'),
  on(150, 'prosecutor.residents'),
  on(36, 'police.residents', { beyond: 'mr.religion_membership' }),
  on(9, 'police.residents'),
  on(160, 'police.register'),
  on(90, 'border.register'),
  on(24, 'police.register'),
  on(75, 'court.register'),
  on(64, 'police.social'),
  on(130, 'abh.interview'),
  on(52, 'customs.alert'),
  on(44, 'airport.reliability'),
  ...HELD_BACK,
]
