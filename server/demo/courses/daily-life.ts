import { every, on, type Course } from '../step.js'

/** A flat is found on a day: the residents' register and who is told (BMG § 3; AZRG § 6). */
export function settled(day: number): Course {
  return [
    on(day, 'melde.person'),
    on(day - 2, 'melde.details'),
    on(day - 4, 'melde.to-abh'),
    on(day - 6, 'melde.register-address'),
    on(day - 12, 'register.melde'),
    every(170, 'care.melde', { from: day - 20, to: 10 }),
  ]
}

/** The job centre, from the application on (SGB II); `pace` days lie between two looks. */
export function jobcentre(span: { from: number; to: number; pace: number }): Course {
  const { from, to, pace } = span
  return [
    on(from, 'number.jobcenter'),
    on(from - 1, 'melde.jobcenter'),
    on(from - 2, 'jobcenter.family'),
    on(from - 4, 'jobcenter.plan'),
    on(from - 6, 'jobcenter.period'),
    on(from - 8, 'jobcenter.skills'),
    every(pace, 'jobcenter.lookup', { from, to }),
    every(30, 'jobcenter.file', { from: from - 3, to }),
    every(2 * pace, 'jobcenter.status', { from: from - 7, to: to + 2 }),
    every(3 * pace, 'jobcenter.contact', { from: from - 9, to: to + 4 }),
    every(90, 'jobcenter.learned', { from: from - 11, to }),
    every(30, 'match.jobcenter', { from: from - 13, to }),
    every(30, 'jobcenter.to-ba', { from: from - 5, to }),
    every(90, 'jobcenter.address-match', { from: from - 40, to }),
    every(90, 'jobcenter.pension-match', { from: from - 50, to }),
  ]
}

/** An integration course of some weeks (IntV §§ 7, 8). */
export function languageCourse(span: { from: number; weeks: number }): Course {
  const { from, weeks } = span
  const end = from - 7 * weeks
  return [
    on(from + 12, 'course.jobcenter'),
    on(from + 8, 'bamf.course'),
    on(from + 2, 'course.enrolled'),
    on(from, 'course.test'),
    every(7, 'course.attended', { from: from - 4, to: end }),
    every(14, 'course.to-bamf', { from: from - 5, to: end }),
    on(from - 40, 'jobcenter.courses'),
    on(end - 2, 'course.bamf-to-jobcenter'),
    on(end - 3, 'course.bamf-to-abh'),
    on(end - 4, 'abh.integration'),
  ]
}

/** The immigration office around a residence title (AufenthG § 78; AZRG §§ 6, 15). */
export function title(day: number): Course {
  return [
    on(day, 'abh.lookup'),
    on(day, 'abh.application'),
    on(day - 6, 'abh.addresses'),
    on(day - 9, 'abh.papers'),
    on(day - 20, 'abh.title'),
    on(day - 21, 'abh.photo'),
    on(day - 35, 'abh.card'),
    on(day - 36, 'abh.status'),
  ]
}

/** Children: child benefit, the youth office, the civil registry (EStG § 68; SGB VIII). */
export function family(day: number): Course {
  return [
    on(day, 'number.family'),
    on(day - 1, 'melde.family'),
    on(day - 30, 'civil.record'),
    on(day - 31, 'civil.to-melde'),
    every(75, 'family.lookup', { from: day - 2, to: 8 }),
    every(150, 'family.title', { from: day - 3, to: 8 }),
    every(120, 'family.to-jobcenter', { from: day - 20, to: 5 }),
    every(150, 'jobcenter.to-family', { from: day - 21, to: 5 }),
    on(day - 60, 'melde.youth'),
    on(day - 61, 'youth.file'),
    every(80, 'youth.lookup', { from: day - 62, to: 15 }),
  ]
}

/** What the register sends for statistics and upkeep, whoever the person is (AZRG §§ 8a, 23, 23a). */
export const BACKGROUND: Course = [
  on(140, 'statistics.federal'),
  every(60, 'statistics.work', { from: 170, to: 12 }),
  on(100, 'care.abh'),
]
