import type { Catalogue, CatalogueTexts, Party } from '../catalogue/index.js'
import context from './data/record-context.json' with { type: 'json' }
import type { ConsentFacts, ToldEntry } from './model.js'
import { seenText } from './template.js'
import type { ConsentEvent } from './rules.js'

/** The profile that a record keeps to: ISO/IEC TS 27560 in the words of DPV, with what the GDPR asks for. */
export const PROFILE = 'https://w3id.org/dpv/schema/dpv-27560#record-eu-gdpr'

/** A consent up to one of its entries: each entry has a receipt of its own. */
export interface Receipt extends ConsentFacts {
  /** The entry that the receipt is about, the last of `entries`. */
  readonly entry: ToldEntry
}

/** The receipt of an entry, or of the last one; nothing where the consent has no such entry. */
export function receiptOf(facts: ConsentFacts, number?: number): Receipt | undefined {
  const place = facts.entries.findIndex((one) => one.number === number)
  const upTo = number === undefined ? facts.entries.length : place + 1
  const entries = facts.entries.slice(0, upTo)
  const entry = entries.at(-1)
  return entry && { ...facts, entries, entry }
}

/** What a record is made from beside the receipt. */
export interface RecordParts {
  readonly receipt: Receipt
  readonly catalogue: Pick<Catalogue, 'fields' | 'parties' | 'texts'>
  /** Languages of the names in it: German, and the reader's. */
  readonly languages: readonly string[]
  /** Addresses under the portal's origin. */
  readonly origin: string
  /** Where the person withdraws, and sees the rest. */
  readonly permission: string
  /** Where the person reaches the controller. */
  readonly contact: string
}

const STATES: Readonly<Record<ConsentEvent, string>> = {
  given: 'dpv:ConsentGiven',
  refused: 'dpv:ConsentRefused',
  withdrawn: 'dpv:ConsentWithdrawn',
  expired: 'dpv:ConsentExpired',
  // DPV has no state of its own for what a newer consent took the place of: it is invalid, and the newer is named.
  superseded: 'dpv:ConsentStatusInvalidForProcessing',
}

/** Rights of the person towards the controller (GDPR Articles 7 (3), 15 to 18, 20, 77). */
const RIGHTS = ['A7-3', 'A15', 'A16', 'A17', 'A18', 'A20', 'A77'] as const

/**
 * The consent record of ISO/IEC TS 27560 as JSON-LD 1.1. Its context stands in it, so that nobody needs a
 * network to read it. The person is named by the consent alone: two records of one person do not tell that
 * they are.
 */
export function consentRecord(parts: RecordParts): Readonly<Record<string, unknown>> {
  const { receipt, origin } = parts
  const { consent, entry, entries } = receipt
  const begun = entries[0]
  return {
    ...context,
    '@id': `urn:mirat:consent:${consent.consent}:${entry.number}`,
    '@type': 'dpv:ConsentRecord',
    'dct:conformsTo': PROFILE,
    'dct:identifier': consent.consent,
    'dct:isVersionOf': iriOf(consent.consent),
    'dct:publisher': origin,
    'dct:created': entry.recordedAt.toISOString(),
    'dct:language': entry.language,
    ...(begun?.event === 'given' && begun.other !== undefined
      ? { 'dct:replaces': iriOf(begun.other) }
      : {}),
    ...(entry.event === 'superseded' && entry.other !== undefined
      ? { 'dct:isReplacedBy': iriOf(entry.other) }
      : {}),
    'dpv:hasDataSubject': { '@id': personOf(receipt), '@type': 'dpv:DataSubject' },
    'dpv:hasNotice': noticeOf(receipt),
    'dpv:hasProcess': processOf(parts),
    'dpv:hasEntity': entitiesOf(parts),
    'dpv:hasConsentStatus': entries.map((one) => statusOf(receipt, one, origin)),
  }
}

function iriOf(uuid: string): string {
  return `urn:uuid:${uuid}`
}

function personOf({ consent }: Receipt): string {
  return `urn:mirat:consent:${consent.consent}:person`
}

function partyIri(code: string): string {
  return `urn:mirat:party:${code}`
}

/** What was read, whole: whoever hashes its `rdf:value` gets the checksum that stands in the log. */
function noticeOf({ consent, content, entry }: Receipt): object {
  const { template, version } = consent
  const { language, wording } = entry
  const words = content.wordings[language]
  return {
    '@id': `urn:mirat:consent-notice:${template}:${version}:${language}`,
    '@type': 'dpv:ConsentNotice',
    'dct:language': language,
    'dct:title': { '@value': words?.title ?? '', '@language': language },
    'rdf:value': seenText(content, { template, version, language }),
    'spdx:checksum': {
      '@type': 'spdx:Checksum',
      'spdx:algorithm': 'spdx:checksumAlgorithm_sha256',
      'spdx:checksumValue': wording.toString('hex'),
    },
  }
}

function processOf(parts: RecordParts): object {
  const { receipt, catalogue, permission } = parts
  const { content, office } = receipt
  return {
    '@type': 'dpv:Process',
    'dpv:hasPurpose': {
      '@id': `urn:mirat:purpose:${content.purpose}`,
      '@type': 'dpv:Purpose',
      'dct:identifier': content.purpose,
      'dct:title': named(parts, (texts) => texts.purpose(content.purpose).name),
    },
    'dpv:hasPersonalData': content.fields.map((code) => ({
      '@id': `urn:mirat:field:${code}`,
      '@type': kindOf(catalogue.fields.byCode(code)?.art9 === true),
      'skos:broader': kindOf(catalogue.fields.byCode(code)?.art9 === true),
      'dct:identifier': code,
      'dct:title': named(parts, (texts) => texts.field(code).label),
    })),
    // The person need not agree; the data named serve this purpose and no other (GDPR Article 13 (2) (e)).
    'dpv:hasNecessity': 'dpv:Optional',
    'dpv:hasLegalBasis': content.explicit ? 'eu-gdpr:A9-2-a' : 'eu-gdpr:A6-1-a',
    'dpv:hasApplicableLaw': ['eu-gdpr:GDPR', `urn:mirat:legal-basis:${content.legalBasis}`],
    'dpv:hasJurisdiction': 'loc:DE',
    'dpv:hasDataController': partyIri(office.code),
    'dpv:hasRecipient': content.recipients.map(partyIri),
    'dpv:hasStorageCondition': [
      { '@type': 'dpv:StorageDuration', 'dpv:hasDuration': content.duration },
      { '@type': 'dpv:StorageLocation', 'dpv:hasJurisdiction': 'loc:DE' },
    ],
    'dpv:hasConsentControl': { '@type': 'dpv:WithdrawConsent', 'dpv:isExercisedAt': permission },
    'dpv:hasRight': RIGHTS.map((article) => ({
      '@type': ['dpv:DataSubjectRight', `eu-gdpr:${article}`],
      'dpv:isExercisedAt': article === 'A7-3' ? permission : parts.contact,
    })),
  }
}

function kindOf(isSpecial: boolean): string {
  return isSpecial ? 'dpv:SpecialCategoryPersonalData' : 'dpv:PersonalData'
}

/** The controller and everybody who gets the data. The catalogue knows places of offices, no streets. */
function entitiesOf(parts: RecordParts): readonly object[] {
  const { receipt, catalogue } = parts
  const { office, content } = receipt
  const others = content.recipients.filter((code) => code !== office.code)
  return [office.code, ...others].map((code) => ({
    '@id': partyIri(code),
    '@type': code === office.code ? ['dpv:DataController', 'dpv:Recipient'] : ['dpv:Recipient'],
    'dct:identifier': code,
    'dpv:hasIdentifier': partyIri(code),
    'dpv:hasName': named(parts, (texts) => texts.party(code).name),
    'dpv:hasAddress': placeOf(catalogue.parties.byCode(code)),
    'dpv:hasContact': parts.contact,
  }))
}

function placeOf(party: Party | undefined): string {
  const place = [party?.municipality, party?.land, 'Deutschland']
  return place.filter((word) => word !== undefined).join(', ')
}

function statusOf(receipt: Receipt, entry: ToldEntry, origin: string): object {
  const { content, office } = receipt
  const { event, other, validUntil } = entry
  const isRenewed = event === 'given' && other !== undefined
  const by = { resident: personOf(receipt), office: partyIri(office.code), portal: origin }
  return {
    '@type': [
      isRenewed ? 'dpv:RenewedConsentGiven' : STATES[event],
      content.explicit ? 'dpv:ExplicitlyExpressedConsent' : 'dpv:ExpressedConsent',
    ],
    'dpv:isIndicatedAtTime': entry.effectiveAt.toISOString(),
    'dct:created': entry.recordedAt.toISOString(),
    'dpv:hasDuration':
      validUntil === undefined
        ? { '@type': 'dpv:EndlessDuration' }
        : { '@type': 'dpv:UntilTimeDuration', 'dct:valid': validUntil.toISOString() },
    'dpv:isIndicatedBy': by[entry.by],
    'dpv:hasIndicationMethod': entry.channel,
  }
}

function named(
  { catalogue, languages }: RecordParts,
  name: (texts: CatalogueTexts) => string,
): readonly object[] {
  return [...new Set(languages)].map((tag) => ({
    '@value': name(catalogue.texts(tag)),
    '@language': tag,
  }))
}
