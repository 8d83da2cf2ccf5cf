import type { Party } from '../../catalogue/index.js'
import { inputsOf, type Typed } from '../../platform/kernel/inputs.js'
import { ANSWERS } from '../grounds.js'
import type { BlockFacts, ToldEvent } from '../model.js'
import { standingOf } from '../model.js'
import { isApplied, isInForce, possible, wantsWriting } from '../rules.js'
import type { OwnBlock } from '../service.js'
import {
  applicationRows,
  clockOf,
  dayName,
  noteOf,
  officeName,
  optionsOf,
  timelineOf,
  type Pen,
  type Row,
} from './pen.js'

/** What the page of one block is made with. */
export interface OwnView extends Typed {
  readonly facts: OwnBlock
  readonly today: string
  readonly refused: string
}

/** One block: where it stands, what it does, what the person can do, and what happened. */
export function blockPage(pen: Pen, view: OwnView): object {
  const { t, urls } = pen
  const { facts, today, refused } = view
  const { block, office, deadline, events } = facts
  const { reference, state, kind } = block
  const mayDo = possible(standingOf(block), 'resident')
  const to = (word: string) => urls.to('blocks.act', { reference, word })
  const lacksForm = isApplied(state) && wantsWriting(kind) && block.formMetAt === undefined
  return {
    title: t('blocks:one.title', { kind: t(`blocks:kind.${kind}.name`), reference }),
    back: { href: urls.to('blocks.list'), text: t('blocks:list.title') },
    ...{ refused, reference },
    problems: inputsOf(t, view, (name) => `blocks:input.${name}`).problems,
    status: t(`blocks:status.${state}`),
    office: officeName(pen, office),
    demo: office.demo,
    means: isInForce(state) ? t(`blocks:kind.${kind}.means`) : '',
    rows: factRows(pen, facts),
    clock: deadline === undefined ? '' : clockOf(pen, deadline, today),
    noClerk: isApplied(state) && !facts.hasClerk ? t('blocks:one.noClerk') : '',
    letter: lacksForm ? urls.to('blocks.letter', { reference }) : '',
    hearing: state === 'hearing' ? hearingOf(pen, view, to('answer')) : '',
    refusal: state === 'refused' ? refusalOf(pen, events, office) : '',
    lift: mayDo.includes('lifted') ? to('lift') : '',
    askLift: mayDo.includes('lift_asked') ? to('ask-lift') : '',
    derived: block.source !== undefined && isInForce(state),
    linked: linkedOf(pen, facts),
    withdraw: mayDo.includes('withdrawn') ? to('withdraw') : '',
    timeline: timelineOf(pen, events, 'you'),
    help: urls.to('information.help'),
  }
}

function factRows(pen: Pen, facts: OwnBlock): readonly Row[] {
  const { t } = pen
  const { block, field, words, isErased } = facts
  const term = (name: string) => t(`blocks:term.${name}`)
  return [
    ...(block.source === undefined ? applicationRows(pen, { block, field, words }) : []),
    ...(block.fromAt === undefined ? [] : [{ term: term('from'), at: block.fromAt }]),
    ...(block.until === undefined ? [] : [{ term: term('until'), day: block.until }]),
    ...(isErased ? [{ term: term('words'), text: t('blocks:one.erased') }] : []),
  ]
}

/** Who wants to send what to whom, or end what; and the form to say something about it. */
function hearingOf(pen: Pen, view: OwnView, action: string): object {
  const { t } = pen
  const { block, events, office } = view.facts
  const opened = events.findLast(({ event }) => event === 'hearing_opened')
  const { radios, area } = inputsOf(t, view, (name) => `blocks:input.${name}`)
  return {
    action,
    text: t(`blocks:hearing.${block.hearing ?? 'transfer'}`, { office: officeName(pen, office) }),
    items: opened === undefined ? [] : noteOf(pen, opened),
    words: opened?.words ?? '',
    until: t('blocks:hearing.until', { day: dayName(pen, block.hearingUntil ?? '') }),
    controls: [
      radios('answer', optionsOf(pen, 'answer', ANSWERS)),
      area('words', { hint: t('blocks:input.wordsHint'), optional: true }),
    ],
    submit: t('blocks:hearing.submit'),
  }
}

/** The reasons that were proposed and confirmed, and what can be done against it. */
function refusalOf(pen: Pen, events: readonly ToldEvent[], office: Party): object {
  const proposed = events.findLast(({ event }) => event === 'refusal_proposed')
  return {
    reasons: proposed === undefined ? [] : noteOf(pen, proposed),
    words: proposed?.words ?? '',
    remedies: ['objection', 'court', 'supervisor'].map((one) => pen.t(`blocks:remedy.${one}`)),
    supervisor: supervisorOf(pen, office),
  }
}

/** Federal offices have the Federal Commissioner, all others the authority of their Land (BDSG §§ 9, 40). */
function supervisorOf({ t }: Pen, { level }: Party): object {
  return level === 'federal'
    ? { href: 'https://www.bfdi.bund.de/', text: t('inquiries:remedy.federal') }
    : { href: 'https://www.datenschutzkonferenz-online.de/', text: t('inquiries:remedy.state') }
}

/** The other half of an information block and the transmission block that came with it. */
function linkedOf({ t, urls }: Pen, { linked, block }: OwnBlock): object | '' {
  if (linked === undefined) return ''
  return {
    href: urls.to('blocks.block', { reference: linked.reference }),
    text: t(block.source === undefined ? 'blocks:linked.brought' : 'blocks:linked.came', {
      reference: linked.reference,
    }),
  }
}

/** Whether a block waits for a letter that only the person can sign. */
export function needsLetter({ block }: Pick<BlockFacts, 'block'>): boolean {
  return isApplied(block.state) && wantsWriting(block.kind) && block.formMetAt === undefined
}
