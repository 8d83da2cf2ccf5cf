import { appointmentSections } from '../appointments/section.js'
import { blockSections } from '../blocks/section.js'
import { emergencySections } from '../emergencies/section.js'
import { consentSections } from '../consent/section.js'
import { identitySections } from '../identity/section.js'
import type { ResidentActor } from '../identity/index.js'
import { inquirySections } from '../inquiries/section.js'
import { noticesSections } from '../notices/section.js'
import type { Overview } from '../overview/index.js'
import { overviewSections } from '../overview/section.js'
import { GERMAN, ON_PAPER, pagesFor, paperLanguageOf } from '../platform/http/languages.js'
import type { Texts } from '../platform/http/texts.js'
import { seededRandom } from '../platform/kernel/random.js'
import type { Section } from '../platform/kernel/section.js'
import { nationalityName, newReference } from '../rectification/index.js'
import { rectificationSections } from '../rectification/section.js'
import {
  createPapers,
  createReports,
  drawSummary,
  drawWhole,
  newestLines,
  type CopyTongue,
  type Digest,
  type Papers,
  type Taken,
} from '../reports/index.js'
import { reportSections } from '../reports/section.js'
import { reportRoutes } from '../reports/routes.js'
import type { Installation } from './installation.js'
import { versionsOf } from './oversight.js'
import type { Rooms } from './rooms.js'

/** The rooms whose sections make a copy. */
type Sectioned = Parameters<typeof identitySections>[0] &
  Parameters<typeof noticesSections>[0] & {
    readonly taken: Taken
    readonly overview: Overview
    readonly rectification: Parameters<typeof rectificationSections>[0]
    readonly evidence: Parameters<typeof rectificationSections>[1]
    readonly inquiries: Parameters<typeof inquirySections>[0]
    readonly consents: Parameters<typeof consentSections>[0]
    readonly consentNotices: Parameters<typeof consentSections>[1]
    readonly blocks: Parameters<typeof blockSections>[0]
    readonly appointments: Parameters<typeof appointmentSections>[0]
    readonly emergencies: Parameters<typeof emergencySections>[0]
  }

/** The sections of one copy in the order in which they stand; the words of codes come in a language as well. */
export function sectionsOf({ catalogue }: Installation, rooms: Sectioned) {
  return (language: string, logSize?: number): readonly Section<ResidentActor>[] => [
    ...identitySections(rooms),
    ...overviewSections(rooms.overview, {
      ...{ catalogue, language },
      ...(logSize === undefined ? {} : { logSize }),
    }),
    ...rectificationSections(rooms.rectification, rooms.evidence),
    ...noticesSections(rooms),
    ...inquirySections(rooms.inquiries),
    ...consentSections(rooms.consents, rooms.consentNotices),
    ...blockSections(rooms.blocks),
    ...appointmentSections(rooms.appointments),
    ...emergencySections(rooms.emergencies),
    ...reportSections(rooms.taken),
  ]
}

/** The pages on which residents take their data with them. */
export function copyRoutesOf(installation: Installation, rooms: Rooms, texts: Texts) {
  const { clock } = installation
  const tongueOf = tonguesOf(installation, texts)
  const reports = createReports({
    ...{ sectionsIn: rooms.sectionsIn, logOrigin: rooms.ledger.origin, clock },
    tonguesIn: (language) =>
      language === GERMAN.tag ? [tongueOf(language)] : [tongueOf(GERMAN.tag), tongueOf(language)],
  })
  const papers = papersOf(installation, rooms, tongueOf)
  return reportRoutes({ reports, papers, languages: ON_PAPER })
}

const PUBLIC = { login: 'web', role: 'web_public', readOnly: true } as const

/** The papers that residents take with them. */
function papersOf(
  { catalogue, clock, config, standard }: Installation,
  rooms: Rooms,
  tongueOf: (tag: string) => CopyTongue,
): Papers {
  const { inTransaction, ledger, sectionsIn } = rooms
  const penOf = (language: string) => ({
    standard,
    german: tongueOf(GERMAN.tag),
    ...(language === GERMAN.tag ? {} : { reader: tongueOf(language) }),
    checkAddress: `${config.origin}/${pagesFor(language)}/check`,
  })
  return createPapers({
    ...{ inTransaction, clock, sectionsIn, versions: versionsOf(catalogue) },
    logState: () => inTransaction(PUBLIC, ledger.publicCheckpoint),
    referenceOf: (digest) => newReference(seededRandom(digest)),
    drawWhole: (basis, chapters) => drawWhole(penOf(basis.language), basis, chapters),
    digestFor: digestOf(rooms),
    drawSummary: (basis, digest) => drawSummary(penOf(basis.language), basis, digest),
  })
}

/** The most important of what the rooms keep of a person. */
function digestOf({ overview, rectification, consents }: Rooms) {
  return async (actor: ResidentActor, logSize: number): Promise<Digest> => {
    const offices = await overview.offices(actor)
    const all = overview.allAccesses(actor)
    const requests = await rectification.requests(actor)
    const cards = await consents.list(actor)
    return {
      offices: offices
        .filter(({ fields }) => fields.length > 0)
        .map(({ party, fields }) => ({
          office: party.code,
          kinds: [...new Set(fields.map(({ category }) => category))],
        })),
      accesses: await newestLines(all, logSize),
      requests: requests
        .filter(({ request }) => OPEN.includes(request.state))
        .map(({ request: { reference, dueOn }, field }) => ({
          ...{ reference, field: field.code },
          ...(dueOn === undefined ? {} : { dueOn }),
        })),
      consents: cards
        .filter(({ consent }) => consent.state === 'given')
        .map(({ consent: { validUntil }, office, content }) => ({
          ...{ office: office.code, purpose: content.purpose },
          ...(validUntil === undefined ? {} : { until: validUntil }),
        })),
    }
  }
}

const OPEN: readonly string[] = ['received', 'in_review', 'question', 'proposed']

/** Words of a language for everything that a copy holds. */
export function tonguesOf({ catalogue }: Installation, texts: Texts): (tag: string) => CopyTongue {
  return (tag) => {
    const language = paperLanguageOf(tag) ?? GERMAN
    const t = texts.in(language)
    return {
      ...{ tag: language.tag, t, unchecked: language.unchecked },
      texts: catalogue.names(language.tag),
      nationality: (code) => nationalityName({ t, language }, code),
      citation: (code) => catalogue.legalBases.byCode(code)?.citation ?? '',
    }
  }
}
