import type { Page } from '../../platform/kernel/paging.js'
import { inputsOf, type Typed } from '../../platform/kernel/inputs.js'
import type { AskFacts, VersionRow } from '../model.js'
import type { DeskQuery } from '../desk.js'
import { partsOf } from '../template.js'
import { contentRows, partName, remarksOf, titleOf } from './content.js'
import type { Surroundings } from './templates.js'
import type { DeskPen } from './tongue.js'

/** What the list of an office is shown with. */
export interface ListView {
  readonly page: Page<AskFacts>
  readonly query: DeskQuery
  readonly now: Date
}

/** What an office asked: no name, no number, no stable pseudonym of a person. */
export function listPage(pen: DeskPen, { page, query, now }: ListView): object {
  const { t, urls } = pen
  const other = query.isOpen ? { show: 'ended' } : {}
  const show = query.isOpen ? {} : { show: 'ended' }
  return {
    title: t('consent-desk:list.title'),
    lead: t('consent-desk:list.lead'),
    ways: [
      { href: urls.to('consent.desk-ask'), text: t('consent-desk:ask.title'), icon: 'pencil' },
      { href: urls.to('consent.desk-find'), text: t('consent-desk:find.title'), icon: 'search' },
      { href: urls.to('consent.templates'), text: t('consent-desk:templates.title'), icon: 'law' },
    ],
    heading: t(query.isOpen ? 'consent-desk:list.open' : 'consent-desk:list.ended'),
    filter: {
      href: urls.to('consent.desk', other),
      text: t(query.isOpen ? 'consent-desk:list.showEnded' : 'consent-desk:list.showOpen'),
    },
    asks: page.items.map((facts) => cardOf(pen, facts, now)),
    pager: {
      newer: null,
      older:
        page.next === undefined ? null : urls.to('consent.desk', { ...show, after: page.next }),
    },
  }
}

function cardOf(pen: DeskPen, { ask, content }: AskFacts, now: Date): object {
  const { t, urls } = pen
  const { reference, askedAt, lapsesAt } = ask
  const status = statusOf({ ask }, now)
  return {
    reference,
    href: urls.to('consent.desk-opened', { consent: reference }),
    title: titleOf(pen, content),
    status: t(`consent-desk:status.${status}`),
    askedAt,
    lapsesAt: status === 'open' ? lapsesAt : '',
    wish: status === 'open' && ask.wish !== undefined ? t('consent-desk:list.wish') : '',
  }
}

/** The state of an asking; what nobody answered in time has lapsed, before a job says so. */
export function statusOf({ ask }: Pick<AskFacts, 'ask'>, now: Date): AskFacts['ask']['state'] {
  return ask.state === 'open' && ask.lapsesAt <= now ? 'lapsed' : ask.state
}

/** Which of the office's templates somebody is asked with. */
export function choosePage(pen: DeskPen, templates: readonly VersionRow[]): object {
  const { t, urls } = pen
  return {
    title: t('consent-desk:ask.title'),
    lead: t('consent-desk:ask.choose'),
    back: { href: urls.to('consent.desk'), text: t('consent-desk:list.title') },
    templates: templates.map(({ template, content }) => ({
      href: urls.to('consent.desk-ask', { template }),
      title: titleOf(pen, content),
    })),
    more: { href: urls.to('consent.templates'), text: t('consent-desk:templates.title') },
  }
}

/** The form with which somebody is asked. What is typed of a number comes back here and nowhere else. */
export function askPage(
  pen: DeskPen,
  { version, ...typed }: Typed & { readonly version: VersionRow },
  around: Surroundings,
): object {
  const { t, urls } = pen
  const { content, template } = version
  const { choice, input, boxes, problems } = inputsOf(
    t,
    ticked(typed, content),
    (name) => `consent-desk:ask.${name}`,
  )
  const parts = partsOf(content)
  return {
    title: t('consent-desk:ask.title'),
    lead: t('consent-desk:ask.lead'),
    back: { href: urls.to('consent.desk-ask'), text: t('consent-desk:ask.other') },
    ...{ problems, template },
    name: titleOf(pen, content),
    rows: contentRows(pen, content, around),
    remarks: remarksOf(pen, content),
    action: urls.to('consent.desk-asks'),
    controls: [
      choice(
        'scheme',
        SCHEMES.map((value) => ({ value, text: t(`consent-desk:scheme.${value}`) })),
      ),
      input('number', { code: true }),
      ...(parts.length > 1
        ? [
            boxes(
              'parts',
              parts.map((part) => ({ value: part, text: partName(pen, content, part) })),
            ),
          ]
        : []),
    ],
  }
}

const SCHEMES = ['azr', 'idnr', 'local'] as const

/** All parts are asked where nobody has chosen: asking is not answering. */
function ticked(typed: Typed, content: VersionRow['content']): Typed {
  if (typed.form.has('number')) return typed
  return {
    ...typed,
    form: new URLSearchParams(partsOf(content).map((part): [string, string] => ['parts', part])),
  }
}

/** What follows once somebody was asked: the reference, and nothing about the person. */
export function askedPage(pen: DeskPen, reference: string): object {
  const { t, urls } = pen
  return {
    title: t('consent-desk:asked.title'),
    reference,
    opened: {
      href: urls.to('consent.desk-opened', { consent: reference }),
      text: t('consent-desk:asked.open'),
    },
    again: { href: urls.to('consent.desk-ask'), text: t('consent-desk:asked.again') },
  }
}

/** The form that finds what a code on a letter names. */
export function findPage(pen: DeskPen, typed: Typed): object {
  const { t, urls } = pen
  const { input, problems } = inputsOf(t, typed, (name) => `consent-desk:find.${name}`)
  return {
    title: t('consent-desk:find.title'),
    lead: t('consent-desk:find.lead'),
    back: { href: urls.to('consent.desk'), text: t('consent-desk:list.title') },
    ...{ problems, action: urls.to('consent.desk-finds') },
    controls: [input('code', { code: true, hint: t('consent-desk:find.hint') })],
    submit: t('consent-desk:find.submit'),
  }
}
