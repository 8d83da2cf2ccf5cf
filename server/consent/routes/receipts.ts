import type { Catalogue } from '../../catalogue/index.js'
import type { Actor } from '../../identity/actor.js'
import { GERMAN } from '../../platform/http/languages.js'
import type { Answer, Exchange, RouteSpec } from '../../platform/http/route.js'
import type { Translate } from '../../platform/http/texts.js'
import { DomainError } from '../../platform/kernel/errors.js'
import type { ClaimSigner } from '../../platform/kernel/signing.js'
import type { DrawLetter } from '../../platform/kernel/letter.js'
import type { ConsentFacts } from '../model.js'
import { receiptLetter, receiptPage, type ReceiptPen } from '../pages/receipt.js'
import { consentRecord, receiptOf, type Receipt } from '../receipt.js'
import type { Consents } from '../service.js'
import { residentOf } from '../visit.js'

/** What receipts are made of. */
export interface ReceiptPages {
  readonly consents: Pick<Consents, 'consent'>
  readonly catalogue: Catalogue
  /** The German texts, which stand beside those of the reader. */
  readonly german: Translate
  /** The portal's origin. */
  readonly origin: string
  /** Signs records; its key is published. */
  readonly signer: ClaimSigner
  readonly draw: DrawLetter
}

/** `typ` of a signed consent record (RFC 8725 section 3.11). */
export const RECORD_TYPE = 'consent-record+jwt'

type Visit = Exchange<Actor>
type Step = (
  exchange: Visit,
  pages: ReceiptPages,
  found: { readonly receipt: Receipt; readonly facts: ConsentFacts },
) => Promise<Answer>

/** A receipt for every entry of a consent: as a page, on paper, and signed for programs. */
export function receiptRoutes(pages: ReceiptPages): RouteSpec<Actor>[] {
  // What a letter alone opens shows no wording and gives nothing to take away (security.md).
  const route = (name: string, end: string, step: Step): RouteSpec<Actor> => ({
    name: `consent.${name}`,
    method: 'get',
    path: `/:lang/me/permissions/:reference/${end}`,
    allow: ['resident'],
    assurance: 'counter',
    handle: async (exchange) => step(exchange, pages, await find(exchange, pages)),
  })
  return [
    route('receipt', 'receipt', showPage),
    route('receipt-pdf', 'receipt.pdf', givePdf),
    route('receipt-json', 'receipt.json', giveRecord),
  ]
}

const NUMBER = /^[1-9]\d{0,3}$/

/** What is another's, what is not there, and an entry that the consent does not have look alike. */
async function find(
  { actor, params, query }: Visit,
  { consents }: ReceiptPages,
): Promise<{ receipt: Receipt; facts: ConsentFacts }> {
  const asked = query.get('entry')
  if (asked !== null && !NUMBER.test(asked)) throw new DomainError('NOT_FOUND')
  const facts = await consents.consent(residentOf(actor), params['reference'] ?? '')
  const receipt = receiptOf(facts, asked === null ? undefined : Number(asked))
  if (receipt === undefined) throw new DomainError('NOT_FOUND')
  return { receipt, facts }
}

const showPage: Step = async (exchange, pages, { receipt, facts }) => {
  const { urls } = exchange
  const { reference } = receipt.consent
  const at = { reference, entry: receipt.entry.number }
  const links = {
    permission: permissionOf(exchange, reference),
    pdf: urls.to('consent.receipt-pdf', at),
    json: urls.to('consent.receipt-json', at),
    keys: urls.to('registers.keys'),
    ofEntry: (entry: number) => urls.to('consent.receipt', { reference, entry }),
  }
  const model = receiptPage(penOf(exchange, pages), { receipt, links, all: facts.entries })
  return Promise.resolve({ kind: 'page', view: 'consent/receipt', model })
}

const givePdf: Step = async (exchange, pages, { receipt }) => {
  const body = await pages.draw(receiptLetter(penOf(exchange, pages), receipt))
  return attached(body, 'application/pdf', `${fileOf(receipt)}.pdf`)
}

const giveRecord: Step = async (exchange, pages, { receipt }) => {
  const { catalogue, origin, signer } = pages
  const record = consentRecord({
    ...{ receipt, catalogue, origin },
    languages: [GERMAN.tag, exchange.language.tag],
    permission: origin + permissionOf(exchange, receipt.consent.reference),
    contact: origin + exchange.urls.to('overview.office', { party: receipt.office.code }),
  })
  // The signature stands in the record that it signs; without it, the record is what was signed.
  const signed = { ...record, 'sec:jws': await signer.sign(RECORD_TYPE, record) }
  return attached(JSON.stringify(signed, null, 2), 'application/ld+json', `${fileOf(receipt)}.json`)
}

/** The page of the permission that a receipt is about. */
function permissionOf({ urls }: Visit, reference: string): string {
  return urls.to('consent.consent', { permission: reference })
}

function fileOf({ consent, entry }: Receipt): string {
  return `mirat-${consent.reference}-${entry.number}`
}

function attached(body: Buffer | string, type: string, file: string): Answer {
  const headers = { 'Content-Disposition': `attachment; filename="${file}"` }
  return { kind: 'bytes', body, type, headers }
}

function penOf({ t, language }: Visit, { catalogue, german }: ReceiptPages): ReceiptPen {
  return {
    ...{ t, language, texts: catalogue.texts(language.tag) },
    german: { t: german, texts: catalogue.texts(GERMAN.tag), language: GERMAN },
    languageName: (tag, inLanguage) =>
      new Intl.DisplayNames([inLanguage], { type: 'language' }).of(tag) ?? tag,
  }
}
