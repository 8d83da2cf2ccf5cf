import pg from 'pg'
import { startTestApp, type TestApp } from '../support/app.js'
import { recipientsIn, waitingRequest } from './decided.js'

let app: TestApp
let superuser: pg.Client
let shown: string
let secret: string

beforeAll(async () => {
  app = await startTestApp()
  superuser = new pg.Client({ connectionString: app.adminUrl })
  await superuser.connect()
  ;({ shown, secret } = recipientsIn(app))
})

afterAll(async () => {
  await superuser?.end()
  await app?.close()
})

describe('a decision that fails half-way', () => {
  const plant = (body: string) => `
    create or replace function public.planted() returns trigger language plpgsql as
      $$ begin ${body} end $$`
  const RAISE = `raise exception 'planted';`
  const KILL = 'perform pg_terminate_backend(pg_backend_pid()); perform pg_sleep(1); return new;'
  const on = (table: string, when: string) =>
    `create ${when} on rectification.${table} ${when.includes('constraint') ? 'deferrable initially deferred' : ''}
      for each row execute function public.planted()`

  it.each([
    ['while visible recipients are written', RAISE, on('notice', 'trigger planted before insert')],
    ['while withheld ones are', RAISE, on('sealed_notice', 'trigger planted before insert')],
    ['when it ends', RAISE, on('request', 'constraint trigger planted after update')],
    ['as its connection is killed', KILL, on('sealed_notice', 'trigger planted before insert')],
  ])(
    '%s leaves nothing, and tells everybody when it is made again',
    async (_when, body, trigger) => {
      const request = await waitingRequest(app, { shown, secret })
      const { clerk, reference } = request
      const { version } = await app.portal.casework.terms(clerk, reference)
      await app.portal.casework.step(clerk, { reference, version }, { event: 'claimed' })
      const table = /on rectification\.(\w+)/.exec(trigger)?.[1] ?? ''
      await superuser.query(plant(body))
      await superuser.query('grant execute on function public.planted() to public')
      await superuser.query(trigger)
      const made = async () => {
        const terms = await app.portal.casework.terms(clerk, reference)
        await app.portal.casework.step(
          clerk,
          { reference, version: terms.version },
          { event: 'decided', outcome: 'corrected', text: { reasons: ['evidence_shows'] } },
        )
      }
      try {
        await expect(made()).rejects.toThrow()
      } finally {
        await superuser.query(`drop trigger planted on rectification.${table}`)
      }
      const { request: row, events } = await app.portal.casework.open(clerk, reference)
      expect([row.state, events.map(({ event }) => event)]).toEqual([
        'in_review',
        ['filed', 'claimed'],
      ])
      expect([await request.table('notice'), await request.table('sealed_notice')]).toEqual([
        [],
        [],
      ])
      await made()
      expect([await request.table('notice'), await request.table('sealed_notice')]).toEqual([
        [`${shown} to_print`],
        [`${secret} to_print`],
      ])
    },
  )
})
