import { form, page, type Target } from './target.js'

const DESK = '/:lang/work/consents'
const ONE = `${DESK}/templates/:template/:version`
const CLERK = 'caseworker'
/** A template that nobody has, and a reference that nobody was given. */
const NO_TEMPLATE = '6f1c2f0e-2d3a-4c5b-8d7e-9f0a1b2c3d4e'
const NOBODYS = 'X7K2M4NP'

/** Consents at the desk of the office that asks. */
export function consentTargets(): Target[] {
  const opened = `/de/work/consents/${NOBODYS}*`
  const drafted = `/de/work/consents/templates/${NO_TEMPLATE}*/1*`
  const said = { channel: 'paper', on: '2026-11-30', helper: 'none', language: 'de' }
  const words = { 'title-de': 'x', 'text-de': 'x', 'refusal-de': 'x', 'withdrawal-de': 'x' }
  const terms = { amount: '6', unit: 'M', fields: 'azr.religion', recipients: 'bva', more: '' }
  return [
    page(DESK, CLERK, {
      query: { show: 'ended', after: `w.2026-11-30T08:00:00.000Z.${NO_TEMPLATE}` },
    }),
    page(`${DESK}/ask`, CLERK, { query: { template: NO_TEMPLATE } }),
    page(`${DESK}/ask/:consent`, CLERK, { path: `/de/work/consents/ask/${NOBODYS}*` }),
    page(`${DESK}/:consent`, CLERK, { path: opened }),
    page(`${DESK}/:consent/letter.pdf`, CLERK, { path: `${opened}/letter.pdf?language=ar*` }),
    page(ONE, CLERK, { path: drafted }),
    page(`${ONE}/edit`, CLERK, { path: `${drafted}/edit` }),
    form(`${DESK}/ask`, CLERK, {
      ...{ template: NO_TEMPLATE, scheme: 'azr', number: '123456789012', parts: 'all' },
    }),
    form(`${DESK}/find`, CLERK, { code: NOBODYS }),
    form(`${DESK}/templates`, CLERK, { consent: 'c.nobody' }),
    form(`${ONE}/edit`, CLERK, { digest: 'x', ...terms, ...words }, `${drafted}/edit`),
    form(`${ONE}/publish`, CLERK, { digest: 'x' }, `${drafted}/publish`),
    form(`${ONE}/end`, CLERK, {}, `${drafted}/end`),
    form(`${DESK}/:consent/record`, CLERK, { 'answer-all': 'no', ...said }, `${opened}/record`),
    form(`${DESK}/:consent/withdraw`, CLERK, said, `${opened}/withdraw`),
    form(`${DESK}/:consent/call-off`, CLERK, {}, `${opened}/call-off`),
  ]
}
