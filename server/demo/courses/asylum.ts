import { every, on, type Course } from '../step.js'
import { BACKGROUND, family, jobcentre, languageCourse, settled, title } from './daily-life.js'

/** Arrival and an asylum procedure that still goes on (AsylG §§ 7, 15, 16; AsylbLG). */
export const SEEKING_ASYLUM: Course = [
  on(176, 'reception.identity'),
  on(176, 'reception.photo'),
  on(176, 'reception.fingerprints'),
  on(175, 'reception.arrival'),
  on(174, 'reception.lookup'),
  on(174, 'reception.distribution'),
  on(173, 'reception.request'),
  on(172, 'reception.address'),
  on(170, 'health.exam'),
  on(168, 'health.shelter'),
  on(166, 'bamf.lookup'),
  on(166, 'bamf.file'),
  on(165, 'bamf.request'),
  on(160, 'bamf.to-asylblg'),
  on(158, 'number.asylblg'),
  on(157, 'asylblg.lookup'),
  on(156, 'asylblg.file'),
  on(155, 'asylblg.period'),
  on(154, 'asylblg.health-cover'),
  on(150, 'melde.person'),
  on(148, 'melde.asylblg'),
  on(146, 'melde.to-abh'),
  on(144, 'abh.file'),
  on(143, 'abh.lookup'),
  on(141, 'asylblg.to-abh'),
  on(139, 'abh.to-asylblg'),
  on(101, 'course.asylblg'),
  on(120, 'bamf.state'),
  on(118, 'bamf.documents'),
  on(90, 'health.lookup'),
  on(89, 'health.vaccinations'),
  on(88, 'melde.health'),
  on(70, 'bamf.to-ba'),
  on(42, 'bamf.addresses'),
  every(30, 'match.asylblg', { from: 140, to: 5 }),
  every(45, 'asylblg.contact', { from: 130, to: 5 }),
  every(60, 'asylblg.asylum', { from: 110, to: 5 }),
  ...BACKGROUND,
]

const RECOGNISED: Course = [
  on(350, 'bamf.file'),
  on(345, 'bamf.to-abh'),
  on(340, 'abh.file'),
  on(170, 'bamf.decision'),
  on(120, 'abh.skills'),
  on(160, 'abh.course'),
  on(66, 'match.abh'),
  ...settled(330),
  ...title(176),
  ...BACKGROUND,
]

/** Recognised, with a family, a course and a job centre that looks often (AsylG § 3; SGB II). */
export const RECOGNISED_WITH_FAMILY: Course = [
  ...RECOGNISED,
  ...family(300),
  ...jobcentre({ from: 320, to: 2, pace: 8 }),
  ...languageCourse({ from: 165, weeks: 22 }),
  every(60, 'integration.basic', { from: 150, to: 20 }),
  every(60, 'abh.lookup', { from: 150, to: 4 }),
  every(75, 'abh.status', { from: 139, to: 6 }),
  on(110, 'school.basic'),
  on(104, 'course.absent'),
  on(62, 'abh.documents'),
  on(47, 'abh.stored-documents'),
  on(45, 'own.view'),
]

/** Recognised and alone, with a short course and a quiet job centre. */
export const RECOGNISED_ALONE: Course = [
  ...RECOGNISED,
  ...jobcentre({ from: 170, to: 4, pace: 40 }),
  ...languageCourse({ from: 110, weeks: 8 }),
  on(55, 'abh.benefits'),
  on(48, 'jobcenter.to-abh'),
  on(28, 'course.work'),
]

/** A pupil of a recognised family: school, youth office, child benefit (AZRG §§ 14, 18d, 18f). */
export const CHILD: Course = [
  ...RECOGNISED,
  on(310, 'number.family'),
  on(309, 'melde.family'),
  on(300, 'youth.file'),
  on(299, 'melde.youth'),
  on(171, 'youth.responsible'),
  on(160, 'health.lookup'),
  on(159, 'health.vaccinations'),
  every(70, 'school.basic', { from: 168, to: 12 }),
  every(60, 'youth.lookup', { from: 150, to: 10 }),
  every(80, 'youth.family', { from: 148, to: 10 }),
  every(90, 'family.lookup', { from: 165, to: 9 }),
  every(90, 'family.title', { from: 164, to: 9 }),
  every(45, 'jobcenter.lookup', { from: 162, to: 7 }),
  every(60, 'match.jobcenter', { from: 158, to: 7 }),
  on(130, 'jobcenter.family'),
  on(8, 'school.basic'),
]
