import { form, page, RESIDENT, type Target } from './target.js'

const ME = '/:lang/me/blocks'
const WORK = '/:lang/work/blocks'
const NO_DRAFT = '6f1c2f0e-2d3a-4c5b-8d7e-9f0a1b2c3d4e'
const NOBODYS = 'X7K2M4NP'

/** Blocks, of the person and of the office. */
export function blockTargets(): Target[] {
  const drafted = `/en/me/blocks/drafts/${NO_DRAFT}`
  return [
    page(`${ME}/:reference`, RESIDENT, { path: `/en/me/blocks/${NOBODYS}*` }),
    page(`${ME}/:reference/letter.pdf`, RESIDENT, { path: `/en/me/blocks/${NOBODYS}*/letter.pdf` }),
    page(`${ME}/drafts/:draft/:step`, RESIDENT, { path: `${drafted}/grounds*` }),
    page(WORK, 'caseworker', {
      query: { show: 'over', after: `2026-11-30T08:00:00.000Z_${NO_DRAFT}` },
    }),
    page(`${WORK}/:reference`, 'caseworker', { path: `/de/work/blocks/${NOBODYS}*` }),
    form(ME, RESIDENT, { kind: 'nothing' }),
    form(
      `${ME}/drafts/:draft/:step`,
      RESIDENT,
      { grounds: 'life', words: 'x', office: 'i.pf.abh', field: 'azr.family_name' },
      `${drafted}/grounds`,
    ),
    form(`${ME}/drafts/:draft/check/file`, RESIDENT, {}, `${drafted}*/check/file`),
    form(`${ME}/drafts/:draft/check/drop`, RESIDENT, {}, `${drafted}*/check/drop`),
    form(
      `${ME}/:reference/:word`,
      RESIDENT,
      { answer: 'agrees', words: 'x' },
      `/en/me/blocks/${NOBODYS}/answer`,
    ),
    form(
      `${WORK}/:reference/:word`,
      'caseworker',
      { version: '1', refuse_reasons: 'no_danger', refuse_words_de: 'x' },
      `/de/work/blocks/${NOBODYS}/refuse`,
    ),
  ]
}
