import type { Party } from '../../catalogue/index.js'
import type { InquiryRow } from '../model.js'
import { isOpen, possible, type Reply } from '../rules.js'
import type { OwnInquiry } from '../service.js'
import {
  accessRows,
  clockOf,
  dayName,
  officeName,
  questionRows,
  timelineOf,
  wordsOf,
  type Pen,
} from './pen.js'

/** The person's inquiries. */
export function listPage(
  pen: Pen,
  all: readonly { readonly inquiry: InquiryRow; readonly office: Party }[],
): object {
  const { t, urls } = pen
  return {
    title: t('inquiries:list.title'),
    accesses: urls.to('overview.accesses'),
    inquiries: all.map(({ inquiry, office }) => ({
      href: urls.to('inquiries.inquiry', { inquiry: inquiry.reference }),
      text: t(`inquiries:kind.${inquiry.kind}`),
      status: t(`inquiries:status.${inquiry.state}`),
      reference: inquiry.reference,
      office: officeName(pen, office),
      at: inquiry.askedAt,
    })),
  }
}

/** What the page of one inquiry is made with. */
export interface OwnView {
  readonly facts: OwnInquiry
  /** Day of the asking and of now, German calendar. */
  readonly askedOn: string
  readonly today: string
  readonly refused: string
}

/** One inquiry: where it stands, when an answer is due and why, the answer, and what else can be done. */
export function inquiryPage(pen: Pen, { facts, askedOn, today, refused }: OwnView): object {
  const { t, urls } = pen
  const { inquiry, office, deadline, entry, events, reply, hasOfficer } = facts
  const { reference, state } = inquiry
  const mayDo = possible(state, 'resident')
  const waits = isOpen(state)
  const to = (name: string) => urls.to(`inquiries.${name}`, { inquiry: reference })
  const passed = events.findLast(({ event }) => event === 'passed_on')
  return {
    title: t('inquiries:one.title', { reference }),
    back: { href: urls.to('inquiries.list'), text: t('inquiries:list.title') },
    ...{ refused, reference },
    status: t(`inquiries:status.${state}`),
    office: officeName(pen, office),
    demo: office.demo,
    clock: waits && hasOfficer ? clockOf(pen, deadline, today) : '',
    letter: waits && !hasOfficer ? letterOf(pen, facts, askedOn) : '',
    reply: reply === undefined ? '' : replyOf(pen, reply),
    passed: state === 'passed_on' ? t(`inquiries:passed.${passed?.detail ?? 'unclear'}`) : '',
    question: questionRows(pen, facts, 'one'),
    access: entry === undefined ? [] : accessRows(pen, entry),
    see: entry === undefined ? '' : urls.to('overview.access', { entry: entry.index }),
    again:
      entry !== undefined && !waits
        ? urls.to('inquiries.new', { entry: entry.index, kind: 'ask' })
        : '',
    supervisor: supervisorOf(pen, office),
    help: urls.to('information.help'),
    timeline: timelineOf(pen, events, 'you'),
    withdraw: mayDo.includes('withdrawn') ? to('withdraw') : '',
    close: mayDo.includes('closed') ? to('close') : '',
  }
}

/** An answer in the reader's language; own words of the officer are German. */
export function replyOf(pen: Pen, { finding, measures, words }: Reply): object {
  return {
    finding: pen.t(`inquiries:finding.${finding}`),
    measures: wordsOf(pen, 'measure', measures),
    words: words ?? '',
  }
}

/** Federal offices have the Federal Commissioner, all others the authority of their Land (BDSG §§ 9, 40). */
function supervisorOf({ t }: Pen, { level }: Party): object {
  return level === 'federal'
    ? { href: 'https://www.bfdi.bund.de/', text: t('inquiries:remedy.federal') }
    : { href: 'https://www.datenschutzkonferenz-online.de/', text: t('inquiries:remedy.state') }
}

/** The same question as a letter in German, for an office that nobody speaks for in the portal. */
function letterOf({ german }: Pen, facts: OwnInquiry, askedOn: string): readonly string[] {
  const { t, texts } = german
  const { office, inquiry, entry } = facts
  const day = dayName(german, askedOn)
  return [
    t('inquiries:letter.to', { office: officeName(german, office) }),
    t('inquiries:letter.subject', { day, reference: inquiry.reference }),
    entry === undefined
      ? t('inquiries:letter.plain')
      : t('inquiries:letter.body', { purpose: texts.purpose(entry.purpose.code).name }),
    `${t('inquiries:letter.reasons')} ${wordsOf(german, 'reason', inquiry.reasons).join('; ')}.`,
    t('inquiries:letter.end'),
    t('inquiries:letter.sign'),
  ]
}
