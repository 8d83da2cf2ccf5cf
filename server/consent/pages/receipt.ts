import type { LetterText, Said } from '../../platform/kernel/letter.js'
import type { Receipt } from '../receipt.js'
import { WHOLE } from '../rules.js'
import type { Tongue } from './tongue.js'

/** What a receipt is written with: the reader's language, German beside it, and names of languages. */
export interface ReceiptPen extends Tongue {
  readonly german: Tongue
  /** The name of one language in another. */
  readonly languageName: (tag: string, inLanguage: string) => string
}

/** One line of a list of terms, as the partial `rows` prints it. */
type Row = { readonly key: string; readonly term: string } & (
  { readonly text: string } | { readonly code: string } | { readonly at: Date }
)

/** Addresses on the page of a receipt. */
export interface ReceiptLinks {
  readonly permission: string
  readonly pdf: string
  readonly json: string
  readonly keys: string
  readonly ofEntry: (number: number) => string
}

/** The page of one receipt: what happened, what it is about, what was read, and what to take away. */
export function receiptPage(
  pen: ReceiptPen,
  { receipt, links, all }: { receipt: Receipt; links: ReceiptLinks; all: Receipt['entries'] },
): object {
  const { t } = pen
  const { entry, content } = receipt
  const words = content.wordings[entry.language]
  return {
    title: t('consent-receipt:title'),
    lead: t(`consent-receipt:event.${entry.event}`),
    means: t(`consent-receipt:means.${entry.event}`),
    // What a decision means has legal effect: the German text counts, and stands beside the other.
    german: isGerman(pen)
      ? []
      : [`consent-receipt:event.${entry.event}`, `consent-receipt:means.${entry.event}`],
    back: { href: links.permission, text: t('consent-receipt:back') },
    rows: rowsOf(pen, receipt),
    fields: content.fields.map((code) => ({ text: pen.texts.field(code).label })),
    recipients: content.recipients.map((code) => pen.texts.party(code).name),
    words: words && {
      lang: entry.language,
      dir: directionOf(pen, entry.language),
      title: words.title,
      texts: [words.text, words.refusal, words.withdrawal],
    },
    files: [
      { href: links.pdf, text: t('consent-receipt:files.pdf') },
      { href: links.json, text: t('consent-receipt:files.json') },
    ],
    keys: links.keys,
    others: all
      .filter(({ number }) => number !== entry.number)
      .map(({ number, event, effectiveAt }) => ({
        href: links.ofEntry(number),
        text: t(`consent-receipt:event.${event}`),
        at: effectiveAt,
      })),
  }
}

/** The same on paper, in German and the reader's language. */
export function receiptLetter(pen: ReceiptPen, receipt: Receipt): LetterText {
  const { consent, entry, content } = receipt
  const say = (key: string) => both(pen, ({ t }) => t(`consent-receipt:${key}`))
  const words = content.wordings[entry.language]
  const german = rowsOf({ ...pen, ...pen.german }, receipt)
  const other = rowsOf(pen, receipt)
  return {
    title: pen.german.t('consent-receipt:file', { reference: consent.reference }),
    reader: pen.language.tag,
    at: entry.recordedAt,
    foot: `${consent.reference} · ${entry.number}`,
    parts: [
      { kind: 'heading', level: 1, said: say('title') },
      { kind: 'paragraph', said: say(`event.${entry.event}`) },
      { kind: 'paragraph', said: say(`means.${entry.event}`) },
      {
        kind: 'facts',
        rows: german.map((row, place) => ({
          term: isGerman(pen) ? [row.term] : [row.term, other[place]?.term ?? row.term],
          value: valuesOf(pen, row, other[place]),
        })),
      },
      { kind: 'heading', level: 2, said: say('fields') },
      {
        kind: 'list',
        items: content.fields.map((code) => both(pen, ({ texts }) => texts.field(code).label)),
      },
      { kind: 'heading', level: 2, said: say('recipients') },
      {
        kind: 'list',
        items: content.recipients.map((code) => both(pen, ({ texts }) => texts.party(code).name)),
      },
      { kind: 'heading', level: 2, said: say('words') },
      ...[words?.title, words?.text, words?.refusal, words?.withdrawal].flatMap((text) =>
        text === undefined ? [] : [{ kind: 'words', text, lang: entry.language } as const],
      ),
      { kind: 'heading', level: 2, said: say('check.title') },
      { kind: 'paragraph', said: say('check.text') },
    ],
  }
}

function rowsOf(pen: ReceiptPen, { consent, entry, office, content }: Receipt): readonly Row[] {
  const { t, texts } = pen
  const row = (key: string) => ({ key, term: t(`consent-receipt:rows.${key}`) })
  const name = texts.party(office.code).name
  const part = content.wordings[entry.language]?.parts[consent.part]
  return [
    { ...row('reference'), code: consent.reference },
    { ...row('office'), text: name },
    { ...row('purpose'), text: texts.purpose(content.purpose).name },
    ...(consent.part === WHOLE ? [] : [{ ...row('part'), text: part ?? consent.part }]),
    { ...row('effective'), at: entry.effectiveAt },
    { ...row('recorded'), at: entry.recordedAt },
    ...(entry.validUntil === undefined ? [] : [{ ...row('until'), at: entry.validUntil }]),
    { ...row('by'), text: t(`consent-receipt:by.${entry.by}`) },
    { ...row('channel'), text: t(`consent-receipt:channel.${entry.channel}`) },
    { ...row('helper'), text: t(`consent-receipt:helper.${entry.helper}`) },
    { ...row('basis'), text: texts.legalBasis(content.legalBasis).title },
    { ...row('language'), text: pen.languageName(entry.language, pen.language.tag) },
    { ...row('wording'), code: entry.wording.toString('hex') },
    { ...row('consent'), code: consent.consent },
  ]
}

function both(pen: ReceiptPen, text: (tongue: Tongue) => string): Said {
  return isGerman(pen) ? [text(pen.german)] : [text(pen.german), text(pen)]
}

function isGerman({ language, german }: ReceiptPen): boolean {
  return language.tag === german.language.tag
}

/** Words in both languages where they differ; what is no word stands once, as German letters write it. */
function valuesOf(pen: ReceiptPen, row: Row, other: Row | undefined): Said {
  const german = valueOf(pen.german, row)
  if (other === undefined || !('text' in other) || other.text === german) return [german]
  return [german, other.text]
}

/** The value of a row as paper writes it, in German time. */
function valueOf({ language }: Tongue, row: Row): string {
  if ('text' in row) return row.text
  if ('code' in row) return row.code
  const format = new Intl.DateTimeFormat(language.intl, {
    ...{ dateStyle: 'long', timeStyle: 'medium', timeZone: 'Europe/Berlin' },
  })
  return format.format(row.at)
}

/** Wordings exist in German and in languages of readers: what runs the other way is the reader's. */
function directionOf({ language }: ReceiptPen, tag: string): 'ltr' | 'rtl' | 'auto' {
  return tag === language.tag ? language.direction : 'auto'
}
