import type { Catalogue } from '../catalogue/index.js'
import type { ConsentFacts, PublishedVersion } from '../consent/index.js'
import { sha256 } from '../ledger/index.js'

type Words = Pick<Catalogue, 'fields' | 'parties' | 'texts'>

/** A DataAgreement of the building block: the version that is asked now, or was asked last. */
export function agreementBody(catalogue: Words, versions: readonly PublishedVersion[]): object {
  const [latest] = versions
  if (latest === undefined) throw new Error('an agreement has a published version')
  const { template, version, content, office, endedAt } = latest
  const controller = catalogue.parties.byId(office)
  const german = catalogue.texts('de')
  return {
    id: template,
    version: String(version),
    controllerId: controller?.code ?? '',
    controllerName: controller?.nameDe ?? '',
    purpose: content.purpose,
    purposeDescription: german.purpose(content.purpose).name,
    lawfulBasis: 'consent',
    legalBasis: content.legalBasis,
    active: endedAt === undefined,
    forgettable: false,
    lifecycle: 'complete',
    retentionPeriod: content.duration,
    recipients: content.recipients,
    parts: content.parts,
    languages: Object.keys(content.wordings),
    dataAttributes: content.fields.map((code) => ({
      id: code,
      name: german.field(code).label,
      category: catalogue.fields.byCode(code)?.category ?? '',
      sensitivity: catalogue.fields.byCode(code)?.art9 === true ? 'special' : 'personal',
    })),
  }
}

/** Its Revisions, the latest first: immutable texts, each with the hash of the one before. */
export function agreementRevisions(versions: readonly PublishedVersion[]): readonly object[] {
  const texts = [...versions].reverse().map(({ template, version, publishedAt, content }) => ({
    id: `${template}.${version}`,
    objectId: template,
    timestamp: publishedAt,
    // Published content is RFC 8785 already: members stand in their order.
    snapshot: JSON.stringify(content),
    by: 'controller',
  }))
  return chained('dataAgreement', texts).reverse()
}

/** A ConsentRecord of the building block as it stands at an instant. */
export function recordBody({ consent, entries }: ConsentFacts, now: Date): object {
  const last = entries.at(-1)
  const isOver = consent.validUntil !== undefined && consent.validUntil <= now
  return {
    id: consent.consent,
    dataAgreementId: consent.template,
    dataAgreementRevisionId: `${consent.template}.${consent.version}`,
    // What was read, in one language: the building block hashes the agreement, in none.
    noticeHash: entries[0]?.wording.toString('hex') ?? '',
    noticeLanguage: entries[0]?.language ?? '',
    // The person is named by this consent alone; the office knows whom it asked by the reference.
    individualId: `urn:mirat:consent:${consent.consent}:person`,
    reference: consent.reference,
    part: consent.part,
    optIn: consent.state === 'given' && !isOver,
    state: consent.state === 'given' && isOver ? 'expired' : consent.state,
    givenAt: consent.givenAt?.toISOString() ?? null,
    validUntil: consent.validUntil?.toISOString() ?? null,
    endedAt: consent.endedAt?.toISOString() ?? null,
    timestamp: last?.recordedAt.toISOString() ?? null,
  }
}

/** Its Revisions: the entries of the ledger, the first one first. */
export function recordRevisions({ consent, entries }: ConsentFacts): readonly object[] {
  const texts = entries.map((entry) => ({
    id: `${consent.consent}.${entry.number}`,
    objectId: consent.consent,
    timestamp: entry.recordedAt,
    snapshot: JSON.stringify({
      ...{ event: entry.event, effectiveAt: entry.effectiveAt.toISOString() },
      ...{ validUntil: entry.validUntil?.toISOString(), channel: entry.channel },
      ...{ language: entry.language, wording: entry.wording.toString('hex') },
      ...{ helper: entry.helper, other: entry.other },
    }),
    by: entry.by === 'resident' ? 'individual' : entry.by,
  }))
  return chained('consentRecord', texts)
}

interface Text {
  readonly id: string
  readonly objectId: string
  readonly timestamp: Date
  readonly snapshot: string
  readonly by: string
}

/** SHA-256 where the building block says SHA-1, which can be forged since 2017. */
function chained(schemaName: string, texts: readonly Text[]): object[] {
  const hashes = texts.map(({ snapshot }) => sha256(snapshot).toString('hex'))
  return texts.map(({ id, objectId, timestamp, snapshot, by }, at) => ({
    ...{ id, schemaName, objectId, signedWithoutObjectId: false },
    timestamp: timestamp.toISOString(),
    authorizedBy: by,
    serializedSnapshot: snapshot,
    serializedHash: hashes[at] ?? '',
    predecessorHash: hashes[at - 1] ?? null,
    successorId: texts[at + 1]?.id ?? null,
  }))
}
