import type { Catalogue } from '../../server/catalogue/index.js'
import { momentsOf, type CaseStory } from '../../server/demo/case.js'
import { CASES } from '../../server/demo/cases.js'
import { fileOf } from '../../server/demo/evidence.js'
import { STAFF } from '../../server/demo/people.js'
import { createTimetable } from '../../server/demo/timetable.js'
import { inspectFile } from '../../server/platform/files/inspect.js'
import { walker } from '../rectification/journey.js'
import { startTestApp, type TestApp } from '../support/app.js'
import { histories, realCatalogue } from './world.js'

/** A kind of mistake that people report, and a request of the demonstration that is one. */
const KINDS: readonly (readonly [string, (story: CaseStory) => boolean])[] = [
  [
    'a name misspelt',
    ({ field, statement }) => field === 'azr.family_name' && statement.kind === 'wrong',
  ],
  [
    'names in the wrong order',
    ({ field, statement }) => field === 'azr.given_names' && statement.stored === 'Sokolowa',
  ],
  ['only one name', ({ statement: { wanted } }) => wanted?.form === 'names' && wanted.onlyOne],
  [
    'the first of January',
    ({ field, statement }) =>
      field === 'azr.birth_date' && /^01\.01\./.test(statement.stored ?? ''),
  ],
  [
    'a date of another calendar',
    ({ statement: { wanted } }) => wanted?.form === 'date' && wanted.calendar !== 'gregorian',
  ],
  [
    'another nationality',
    ({ statement: { wanted } }) => wanted?.form === 'nationality' && wanted.codes[0] === 'IRL',
  ],
  [
    'several nationalities',
    ({ statement: { wanted } }) => wanted?.form === 'nationality' && wanted.codes.length > 1,
  ],
  [
    'no nationality',
    ({ statement: { wanted } }) =>
      wanted?.form === 'nationality' && wanted.codes.includes('stateless'),
  ],
  [
    'an old address',
    ({ statement: { wanted, kind } }) => wanted?.form === 'address' && kind === 'outdated',
  ],
  ['a marital status', ({ statement: { wanted } }) => wanted?.form === 'marital'],
  ['a member of the family', ({ statement: { wanted } }) => wanted?.form === 'family'],
  ['a gender', ({ statement: { wanted } }) => wanted?.form === 'gender'],
  [
    'a second record',
    ({ statement: { kind, other } }) => kind === 'same_person' && other !== undefined,
  ],
  ['somebody else', ({ statement: { kind, other } }) => kind === 'not_me' && other !== undefined],
  ['what was voluntary', ({ statement }) => statement.kind === 'delete'],
  ['a photograph', ({ field }) => field === 'azr.photo'],
  ['a school', ({ field }) => field === 'azr.schooling'],
  [
    'how long a permit is valid',
    ({ field, statement: { wanted } }) =>
      field === 'azr.residence_title' && wanted?.form === 'text',
  ],
]

it.each(KINDS)('somebody of the demonstration reports %s', (_kind, isOne) => {
  expect(CASES.filter(isOne)).not.toEqual([])
})

const PAPERS = CASES.flatMap(({ papers = [] }) => papers)

it('documents are real files, the same ones each time, and pass what every file passes', () => {
  expect(new Set(PAPERS.map(({ kind }) => kind))).toEqual(new Set(['photo', 'page']))
  for (const paper of PAPERS) {
    const [one, other] = [fileOf(paper), fileOf(paper)]
    expect(one.bytes.equals(other.bytes)).toBe(true)
    expect([paper.name, inspectFile(one).ok]).toEqual([paper.name, true])
  }
})

describe('a caseworker', () => {
  let app: TestApp

  beforeAll(async () => {
    app = await startTestApp({ demo: true })
  })

  afterAll(() => app?.close())

  it('opens the document that a person has handed in', async () => {
    const person = await walker(app, 'resident-ar')
    const { body: list } = await person.open('/de/me/requests')
    const links = [...list.matchAll(/href="\/de\/me\/requests\/([0-9A-Z]{8})"/g)]
    const files: string[] = []
    for (const [, reference = ''] of links) {
      const { body } = await person.open(`/de/me/requests/${reference}`)
      files.push(
        ...[...body.matchAll(/href="(\/de\/me\/requests\/[^"]*\/files\/[^"]*)"/g)].map(
          ([, href = '']) => href,
        ),
      )
    }
    const own = CASES.filter((story) => story.person === 'resident-ar' && !story.isDraft)
    expect(files).toHaveLength(own.flatMap(({ papers = [] }) => papers).length)
    const clerk = await walker(app, 'caseworker')
    const opened = await Promise.all(
      files.map((href) => clerk.open(href.replace('/me/requests/', '/work/cases/'))),
    )
    expect(opened.filter(({ status }) => status === 200).length).toBeGreaterThan(0)
  })
})

describe('whatever the day', () => {
  let catalogue: Catalogue

  beforeAll(async () => {
    catalogue = await realCatalogue()
  })

  const days = Array.from({ length: 14 }, (_, day) => `2026-11-${16 + day}`)

  it.each(days)('the office that works on a request is the one that acted last, on %s', (today) => {
    const now = new Date(`${today}T09:00:00Z`)
    const told = histories(catalogue, { now })
    for (const { at, story, act } of momentsOf(CASES, createTimetable(now))) {
      const clerk = story.acts.find(({ by }) => by !== 'resident')?.by
      if (act !== undefined || clerk === undefined) continue
      const offices = (told.get(story.person) ?? [])
        .filter((access) => access.at < at)
        .flatMap(({ deliverer, access: { source, recipient } }) => [
          deliverer,
          source ?? '',
          recipient ?? '',
        ])
        .filter((code) => code.endsWith('.abh'))
      const office = STAFF.find(({ name }) => name === clerk)?.office
      expect([story.person, story.field, offices.at(-1)]).toEqual([
        story.person,
        story.field,
        office,
      ])
    }
  })
})
