import { PRODUCTION } from '../audit/stage.js'
import { loadConfig } from '../../server/config.js'

const CONTROLLER = {
  CONTROLLER_NAME: 'Landratsamt Beispiel',
  CONTROLLER_ADDRESS: 'Hauptweg 1, 12345 Beispiel',
  CONTROLLER_REPRESENTATIVE: 'die Leitung des Amtes',
  CONTROLLER_CONTACT: 'post@landkreis.example',
  DPO_CONTACT: 'datenschutz@landkreis.example',
}

describe('the configuration', () => {
  it('needs nothing on a development machine', () => {
    expect(loadConfig({})).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      origin: 'http://localhost:3000',
      demo: true,
      production: false,
      tickMs: 60_000,
    })
  })

  it('names all faults at once', () => {
    const broken = {
      PORT: '70000',
      ORIGIN: 'ftp://x',
      TICK_SECONDS: '0',
      DEFAULT_RETENTION: '1 year',
    }
    expect(() => loadConfig(broken)).toThrow(/PORT.*ORIGIN.*DEFAULT_RETENTION.*TICK_SECONDS/s)
  })

  it('reads service agreements of offices, and refuses what names none', () => {
    const read = (text: string) => loadConfig({ SERVICE_AGREEMENTS: text }).serviceAgreements
    expect(loadConfig({}).serviceAgreements).toEqual([])
    const [name, day] = ['Dienstvereinbarung 7/2026 (Protokolle)', '2026-10-01']
    expect(read(`i.pf.abh=${name}, ${day}; i.pf.jobcenter=${name}, ${day}`)).toEqual([
      { code: 'i.pf.abh', name, day },
      { code: 'i.pf.jobcenter', name, day },
    ])
    const broken = [
      'yes',
      `=${name}, ${day}`,
      `i.pf.abh=${name}`,
      `i.pf.abh=${name}, 2026-02-30`,
      `i.pf.abh=no, ${day}`,
      `i.pf.abh=<b>${name}</b>, ${day}`,
      `i.pf.abh=${name}, ${day};`,
      `i.pf.abh=${name}, ${day}; i.pf.abh=${name}, ${day}`,
    ]
    for (const text of broken) expect(() => read(text)).toThrow(/SERVICE_AGREEMENTS/)
  })

  it('refuses demonstration data, default secrets and a missing legal basis in production', () => {
    const start = () => loadConfig({ NODE_ENV: 'production', DEMO: 'true' })
    expect(start).toThrow(/DEMO.*LEGAL_BASIS.*SECRETS_FILE.*LOG_ORIGIN.*DATABASE_URL.*https/s)
  })

  it('accepts a complete production configuration', () => {
    const config = loadConfig({
      NODE_ENV: 'production',
      ORIGIN: 'https://mirat.example',
      LEGAL_BASIS: 'Art. 6 Abs. 1 Buchst. e DSGVO',
      ...CONTROLLER,
      SECRETS_FILE: '/run/secrets/mirat.json',
      LOG_ORIGIN: 'mirat.example/log',
      DATABASE_URL: 'postgres://mirat@db/mirat',
    })
    expect(config).toMatchObject({ production: true, demo: false, logOrigin: 'mirat.example/log' })
  })

  it('accepts what the long runs start the portal with', () => {
    const { production } = loadConfig({
      ...PRODUCTION,
      SECRETS_FILE: '/run/secrets/mirat.json',
      DATABASE_URL: 'postgres://mirat@db/mirat',
    })
    expect(production).toBe(true)
  })

  it('takes a mail server and a sender together, and never shows the password', () => {
    const [SMTP_URL, MAIL_FROM] = ['smtps://u:secret@mail.example', 'post@mirat.example']
    expect(loadConfig({ SMTP_URL, MAIL_FROM }).mail).toEqual({
      server: { host: 'mail.example', port: 465, secure: true, user: 'u', password: 'secret' },
      from: MAIL_FROM,
    })
    expect(loadConfig({}).mail).toBeUndefined()
    expect(() => loadConfig({ SMTP_URL })).toThrow(/MAIL_FROM/)
    expect(() => loadConfig({ MAIL_FROM })).toThrow(/SMTP_URL/)
    const broken = { SMTP_URL: 'https://u:secret@mail.example', MAIL_FROM: 'a, b@mirat.example' }
    expect(() => loadConfig(broken)).toThrow(/SMTP_URL.*MAIL_FROM/s)
    expect(() => loadConfig(broken)).not.toThrow(/secret/)
  })

  it('refuses a controller in production of whom anything is missing', () => {
    const start = () => loadConfig({ NODE_ENV: 'production' })
    for (const name of Object.keys(CONTROLLER)) expect(start).toThrow(`${name} is missing`)
  })

  it.each([
    ['127.0.0.1', ['127.0.0.1']],
    ['10.0.0.0/8, 2001:db8::/32', ['10.0.0.0/8', '2001:db8::/32']],
  ])('believes the proxies that it is told: %s', (text, trustedProxies) => {
    expect(loadConfig({ TRUSTED_PROXIES: text })).toMatchObject({ trustedProxies })
    expect(loadConfig({}).trustedProxies).toEqual([])
  })

  it.each([
    'all',
    '0.0.0.0/0',
    '::/0',
    '10.0.0.0/33',
    '10.0.0.0/8/8',
    '10.0.0.0/',
    'proxy.example,',
  ])('refuses proxies that would be everybody or nobody: %s', (text) => {
    expect(() => loadConfig({ TRUSTED_PROXIES: text })).toThrow('TRUSTED_PROXIES')
    expect(() => loadConfig({ OUTBOUND_ALLOWED: text })).toThrow('OUTBOUND_ALLOWED')
  })

  it.each([
    ['127.0.0.1:3310', { host: '127.0.0.1', port: 3310 }],
    ['clamav.example:3310', { host: 'clamav.example', port: 3310 }],
    ['[::1]:3310', { host: '::1', port: 3310 }],
    ['/run/clamav/clamd.ctl', { path: '/run/clamav/clamd.ctl' }],
  ])('knows the scanner that it is told: %s', (text, scanner) => {
    expect(loadConfig({ CLAMD: text })).toMatchObject({ scanner })
    expect(loadConfig({})).not.toHaveProperty('scanner')
  })

  it.each([
    'clamav',
    'clamav:0',
    'clamav:65536',
    ':3310',
    '::1:3310',
    'run/s',
    `/${'x'.repeat(107)}`,
  ])('refuses a scanner that nobody could reach: %s', (text) => {
    expect(() => loadConfig({ CLAMD: text })).toThrow('CLAMD')
  })

  it('refuses a contact that nobody could write to', () => {
    const start = () => loadConfig({ CONTROLLER_CONTACT: 'Zimmer 4', DPO_CONTACT: 'a@b' })
    expect(start).toThrow(/CONTROLLER_CONTACT.*DPO_CONTACT/s)
  })

  it('says of a demonstration that nobody stands behind it', () => {
    const { controller } = loadConfig({})
    expect(controller.name).toMatch(/^Demonstration/)
    expect(controller.contact).toMatch(/@mirat\.example$/)
  })

  it('takes an empty variable for one that is not set', () => {
    expect(loadConfig({ PORT: '', DATABASE_URL: '' })).not.toHaveProperty('databaseUrl')
  })

  it('cannot be changed afterwards', () => {
    expect(Object.isFrozen(loadConfig({}))).toBe(true)
  })
})
