import { every, on, type Course } from '../step.js'
import { BACKGROUND, jobcentre, settled, title } from './daily-life.js'

/** Temporary protection after fleeing Ukraine (AufenthG § 24; SGB II § 74). */
export const TEMPORARY_PROTECTION: Course = [
  on(178, 'abh.identity'),
  on(178, 'abh.photo'),
  on(178, 'abh.fingerprints'),
  on(177, 'abh.entry'),
  on(176, 'abh.file'),
  on(170, 'abh.application'),
  on(150, 'abh.title'),
  on(149, 'abh.card'),
  on(140, 'abh.skills'),
  on(132, 'course.abh'),
  ...BACKGROUND,
]

/** From the district of the first months to another town: who ends, who begins (BMG; AZRG § 6). */
export const MOVED_TO_REUTLINGEN: Course = [
  ...jobcentre({ from: 172, to: 104, pace: 14 }),
  ...settled(93),
  on(90, 'abh.lookup'),
  on(89, 'abh.file'),
  on(88, 'abh.address'),
  on(84, 'abh.to-melde'),
  on(82, 'abh.file', { place: 'burgenland', erased: true }),
  // Whoever is responsible from now on compares the register with the file (AZRG § 8a).
  on(79, 'care.abh'),
  on(70, 'jobcenter.file', { place: 'burgenland', erased: true }),
  on(69, 'jobcenter.plan', { place: 'burgenland', erased: true }),
  ...jobcentre({ from: 86, to: 3, pace: 14 }),
  on(40, 'abh.benefits'),
]

/** A skilled worker who comes with a visa in the fast-track procedure (AufenthG §§ 39, 81a). */
export const SKILLED_WORKER: Course = [
  on(330, 'abh.to-chamber'),
  on(320, 'chamber.file'),
  on(186, 'abh.to-ba'),
  on(181, 'ba.to-abh'),
  on(178, 'abh.preapproval'),
  on(177, 'ba.before-title'),
  on(176, 'register.mission'),
  on(172, 'mission.file'),
  on(171, 'mission.visa'),
  ...settled(150),
  on(146, 'abh.visa-file'),
  on(146, 'abh.identity'),
  on(145, 'abh.entry'),
  on(145, 'abh.national-visa'),
  on(144, 'abh.fingerprints'),
  on(144, 'abh.file'),
  ...title(142),
  on(110, 'ba.admission'),
  on(95, 'number.abh'),
  on(60, 'customs.site'),
  on(30, 'ba.admission'),
  ...BACKGROUND,
]

/** From Stralsund to Pforzheim: the old register ends what it no longer needs (BMG § 14). */
export const MOVED_TO_PFORZHEIM: Course = [
  ...settled(74),
  on(71, 'abh.lookup'),
  on(70, 'abh.address'),
  on(69, 'abh.file'),
  on(66, 'melde.details', { place: 'stralsund', erased: true }),
  on(64, 'abh.file', { place: 'stralsund', erased: true }),
  on(62, 'care.abh'),
  every(40, 'abh.status', { from: 60, to: 5 }),
]

/** A citizen of the Union: few data, no photo, no address (AZRG § 3 (4)). */
export const FREE_MOVEMENT: Course = [
  on(300, 'melde.person'),
  on(298, 'melde.details'),
  on(250, 'number.family'),
  on(249, 'melde.family'),
  on(172, 'abh.identity'),
  on(172, 'abh.free-movement'),
  on(171, 'abh.file'),
  on(140, 'abh.lookup'),
  on(120, 'ba.file'),
  on(119, 'ba.admission-eu'),
  on(80, 'melde.abh'),
  on(79, 'abh.right'),
  on(33, 'own.view'),
  on(14, 'abh.lookup'),
]

/** Long here, and now applying for citizenship (StAG §§ 31, 32; AZRG § 19). */
export const CITIZENSHIP: Course = [
  on(640, 'number.abh'),
  on(340, 'melde.abh'),
  on(240, 'nationality.file'),
  on(238, 'melde.nationality'),
  on(236, 'abh.to-nationality'),
  on(176, 'nationality.lookup'),
  on(175, 'nationality.title'),
  on(174, 'nationality.benefits'),
  on(150, 'course.bamf-to-nationality'),
  on(148, 'jobcenter.to-nationality'),
  on(146, 'abh.settlement'),
  on(140, 'civil.basic'),
  on(139, 'civil.record'),
  on(138, 'civil.to-melde'),
  every(50, 'nationality.lookup', { from: 130, to: 6 }),
  every(70, 'nationality.title', { from: 128, to: 6 }),
  every(60, 'abh.lookup', { from: 160, to: 10 }),
  every(90, 'melde.nationality', { from: 150, to: 9 }),
  on(60, 'ba.file'),
  on(58, 'own.view'),
  on(15, 'nationality.lookup'),
  ...settled(310),
  ...BACKGROUND,
]
