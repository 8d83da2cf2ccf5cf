import type { PageRow } from './matrix.js'

const ME = '/:lang/me/blocks'
const WORK = '/:lang/work/blocks'
const OWN = { enter: ['counter'], weak: ['letter'] } as const

/** Blocks, restrictions and objections: residents whom a counter has seen, and caseworkers. */
export const BLOCKS: readonly PageRow[] = [
  { route: 'blocks.list', method: 'get', path: ME, ...OWN },
  { route: 'blocks.begin', method: 'post', path: ME, ...OWN, empty: 400 },
  { route: 'blocks.block', method: 'get', path: `${ME}/:reference`, ...OWN },
  { route: 'blocks.letter', method: 'get', path: `${ME}/:reference/letter.pdf`, ...OWN },
  { route: 'blocks.act', method: 'post', path: `${ME}/:reference/:word`, ...OWN, empty: 404 },
  { route: 'blocks.draft', method: 'get', path: `${ME}/drafts/:draft/:step`, ...OWN },
  {
    route: 'blocks.save',
    method: 'post',
    path: `${ME}/drafts/:draft/:step`,
    ...OWN,
    empty: 404,
  },
  {
    route: 'blocks.file',
    method: 'post',
    path: `${ME}/drafts/:draft/check/file`,
    ...OWN,
    empty: 404,
  },
  {
    route: 'blocks.drop',
    method: 'post',
    path: `${ME}/drafts/:draft/check/drop`,
    ...OWN,
    empty: 404,
  },
  { route: 'blocks.desk', method: 'get', path: WORK, enter: ['caseworker'] },
  {
    route: 'blocks.opened',
    method: 'get',
    path: `${WORK}/:reference`,
    enter: ['caseworker'],
    look: ['caseworker'],
  },
  {
    route: 'blocks.decide',
    method: 'post',
    path: `${WORK}/:reference/:word`,
    enter: ['caseworker'],
    look: ['caseworker'],
    empty: 404,
  },
]
