import { form, page, RESIDENT, type Known, type Target } from './target.js'

const ME = '/:lang/me/requests'
const DRAFT = `${ME}/drafts/:draft`
const WORK = '/:lang/work'
const CASE = `${WORK}/cases/:reference`
const CLERK = 'caseworker'
/** The id of a file that nobody has. */
const NO_FILE = '6f1c2f0e-2d3a-4c5b-8d7e-9f0a1b2c3d4e'

/** Requests for rectification, of the person and of the office; what ends or gives away comes last. */
export function requestTargets(known: Known): Target[] {
  return [...residentPages(known), ...officePages(known), ...answers(known), ...work(known)]
}

function residentPages({ draft, request, entry, field }: Known): Target[] {
  const drafted = `/en/me/requests/drafts/${draft}*`
  const filed = `/en/me/requests/${request}*`
  return [
    page(`${ME}/new`, RESIDENT, { query: { field, entry } }),
    page(DRAFT, RESIDENT, { path: drafted }),
    page(`${DRAFT}/before`, RESIDENT, { path: `${drafted}/before` }),
    page(`${DRAFT}/:step`, RESIDENT, { path: `${drafted}/right*` }),
    page(`${ME}/:reference`, RESIDENT, { path: filed }),
    page(`${ME}/:reference/letter.pdf`, RESIDENT, { path: `${filed}/letter.pdf` }),
    page(`${ME}/:reference/decision.pdf`, RESIDENT, { path: `${filed}/decision.pdf` }),
    page(`${ME}/:reference/proof.pdf`, RESIDENT, { path: `${filed}/proof.pdf` }),
    page(`${ME}/:reference/due.ics`, RESIDENT, { path: `${filed}/due.ics` }),
    page(`${ME}/:reference/files/:file`, RESIDENT, { path: `${filed}/files/${NO_FILE}*` }),
  ]
}

function officePages({ caseOf }: Known): Target[] {
  const query = {
    ...{ state: 'received', category: 'identity', language: 'ar', who: 'me', due: 'week' },
    after: `2026-12-31.${NO_FILE}`,
  }
  const opened = `/de/work/cases/${caseOf}*`
  return [
    page(`${WORK}/queue`, CLERK, { query }),
    page(CASE, CLERK, { path: opened }),
    page(`${CASE}/files/:file`, CLERK, { path: `${opened}/files/${NO_FILE}*` }),
    page(`${CASE}/told/:party/letter.pdf`, CLERK, { path: `${opened}/told/i.rt.abh*/letter.pdf` }),
  ]
}

function answers({ draft, request, field }: Known): Target[] {
  const drafted = `/en/me/requests/drafts/${draft}`
  const filed = `/en/me/requests/${request}*`
  const typed = { version: '1', latin: 'Alkhatib', original: 'x', onlyOne: 'yes', words: 'x' }
  return [
    form(`${ME}/new`, RESIDENT, { field }),
    form(`${DRAFT}/:step`, RESIDENT, typed, `${drafted}/right`),
    form(
      `${DRAFT}/:step`,
      RESIDENT,
      { version: '1', kind: 'wrong', stored: 'x' },
      `${drafted}/kind`,
    ),
    form(`${DRAFT}/proof/files`, RESIDENT, {}, `${drafted}*/proof/files`),
    form(`${DRAFT}/proof/files/:file`, RESIDENT, {}, `${drafted}/proof/files/${NO_FILE}*`),
    form(`${ME}/:reference/answer`, RESIDENT, { answer: 'x' }, `/en/me/requests/${request}/answer`),
    form(`${ME}/:reference/statement`, RESIDENT, { state: 'x' }, `${filed}/statement`),
    form(`${ME}/:reference/withdraw`, RESIDENT, {}, `${filed}/withdraw`),
    form(`${DRAFT}/check/file`, RESIDENT, {}, `${drafted}*/check/file`),
    form(`${DRAFT}/check/drop`, RESIDENT, {}, `${drafted}*/check/drop`),
  ]
}

function work({ caseOf, staff }: Known): Target[] {
  const opened = `/de/work/cases/${caseOf}`
  const decision = { outcome: 'not_proven', reasons: 'evidence_lacking', words: 'x' }
  return [
    form(`${CASE}/:word`, CLERK, { version: '1', questions: 'spelling' }, `${opened}/ask`),
    form(`${CASE}/:word`, CLERK, { version: '1', ...decision }, `${opened}/decide`),
    form(`${CASE}/:word`, CLERK, { version: '1', to: staff }, `${opened}*/assign`),
    form(`${CASE}/preview`, CLERK, { version: '1', ...decision }, `${opened}/preview`),
    form(`${CASE}/told`, CLERK, { office: 'i.rt.abh' }, `${opened}/told`),
    form(`${WORK}/hand-over`, CLERK, { from: staff, to: NO_FILE }),
  ]
}
