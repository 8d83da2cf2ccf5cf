import type { PageRow } from './matrix.js'

/** What the rules found, and questions about it to the units. */
export const FLAGS: readonly PageRow[] = [
  { route: 'oversight.flags', method: 'get', path: '/:lang/oversight/flags', enter: ['dpo'] },
  {
    route: 'oversight.flag-rules',
    method: 'get',
    path: '/:lang/oversight/flags/rules',
    enter: ['dpo'],
  },
  {
    route: 'oversight.flag-switch',
    method: 'post',
    path: '/:lang/oversight/flags/rules',
    enter: ['dpo'],
    empty: 400,
  },
  {
    route: 'oversight.flags-own',
    method: 'get',
    path: '/:lang/oversight/flags/own',
    enter: ['dpo'],
  },
  {
    route: 'oversight.own-flags',
    method: 'get',
    path: '/:lang/work/own-flags',
    enter: ['caseworker'],
  },
  {
    route: 'oversight.flag',
    method: 'get',
    path: '/:lang/oversight/flags/:entry/:flagRule',
    enter: ['dpo'],
    absent: true,
  },
  {
    route: 'oversight.flag-act',
    method: 'post',
    path: '/:lang/oversight/flags/:entry/:flagRule',
    enter: ['dpo'],
    empty: 404,
  },
  {
    route: 'oversight.ask',
    method: 'post',
    path: '/:lang/oversight/flags/:entry/:flagRule/ask',
    enter: ['dpo'],
    empty: 404,
  },
  {
    route: 'oversight.asked',
    method: 'get',
    path: '/:lang/oversight/flags/questions',
    enter: ['dpo'],
  },
  {
    // Nobody has asked anything yet, so there is no look either: that there is one has tests of its own.
    route: 'oversight.answer',
    method: 'get',
    path: '/:lang/oversight/flags/questions/:question/answer',
    enter: ['dpo'],
    absent: true,
    look: [],
  },
  {
    route: 'oversight.questions',
    method: 'get',
    path: '/:lang/work/questions',
    enter: ['caseworker'],
  },
  {
    route: 'oversight.question',
    method: 'get',
    path: '/:lang/work/questions/:question',
    enter: ['caseworker'],
    absent: true,
    look: [],
  },
  {
    route: 'oversight.reply',
    method: 'post',
    path: '/:lang/work/questions/:question',
    enter: ['caseworker'],
    empty: 404,
    look: [],
  },
]
