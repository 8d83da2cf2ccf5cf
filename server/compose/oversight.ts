import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Catalogue } from '../catalogue/index.js'
import type { Database } from '../database.js'
import type { StaffActor, StaffId } from '../identity/index.js'
import { checkRecent, type Ledger } from '../ledger/index.js'
import type { Tell } from '../notices/index.js'
import {
  chosenOf,
  chosenWords,
  createConcerned,
  createExplaining,
  createHeld,
  createLookups,
  createOfficerLooks,
  createBlockOversight,
  createOutcomes,
  createSearches,
  createRules,
  createSecondReviews,
  createStandings,
  createChecking,
  createCounting,
  createFigures,
  createStatistics,
  createTaking,
  createUnmaskings,
  createWatching,
  createWorklist,
  type Acting,
  type TakenAccess,
  type Taking,
} from '../oversight/index.js'
import { figureRoutes } from '../oversight/routes/figures.js'
import { flagRoutes } from '../oversight/routes/flags.js'
import { heldRoutes } from '../oversight/routes/held.js'
import { officerLookRoutes } from '../oversight/routes/looks.js'
import { lookupRoutes } from '../oversight/routes/lookups.js'
import { ownFlagRoutes } from '../oversight/routes/own-flags.js'
import { blockOversightRoutes } from '../oversight/routes/blocks.js'
import { searchRoutes } from '../oversight/routes/searches.js'
import { oversightRoutes } from '../oversight/routes.js'
import { secondReviewRoutes } from '../oversight/routes/second-reviews.js'
import { unmaskingRoutes } from '../oversight/routes/unmasking.js'
import { createRefOpening, createReviews } from '../overview/index.js'
import type { InTransaction } from '../platform/db/transaction.js'
import { GERMAN, ON_PAPER, pagesFor, paperLanguageOf } from '../platform/http/languages.js'
import type { Look } from '../platform/http/route.js'
import type { Texts } from '../platform/http/texts.js'
import { ROOT } from '../platform/root.js'
import { newReference } from '../rectification/index.js'
import {
  createArchive,
  createMaking,
  createReleases,
  drawCodes,
  drawReport,
  drawTable,
  type AccessSource,
  type Making,
  type MakingParts,
  type ReportRequest,
  type ReportRow,
  type Tongue,
} from '../reports/index.js'
import { accessReportRoutes } from '../reports/routes/access.js'
import { releaseRoutes } from '../reports/routes/releases.js'
import type { Installation } from './installation.js'
import type { Rooms } from './rooms.js'

/** Leaves that a check on demand looks at: a few seconds; the audit looks at all. */
const CHECKED = 262_144
const PUBLIC = { login: 'web', role: 'web_public', readOnly: true } as const

/** What exploring and reports of data protection officers are made of. */
export function officersOf(
  { catalogue, clock, random, secrets }: Installation,
  {
    inTransaction,
    ledger,
    recordLook,
    tell,
    acting,
  }: {
    readonly inTransaction: InTransaction<Database>
    readonly ledger: Ledger
    readonly recordLook: (actor: StaffActor, looks: readonly Look[]) => Promise<void>
    readonly tell: Tell
    readonly acting: Acting
  },
) {
  const logState = () => inTransaction(PUBLIC, ledger.publicCheckpoint)
  const reading = { inTransaction, catalogue, clock, logState }
  const versions = versionsOf(catalogue)
  const explaining = createExplaining(reading)
  return {
    held: createHeld({ ...reading, reviews: createReviews(reading) }),
    secondReviews: createSecondReviews({ ...reading, reviews: createReviews(reading) }),
    blockOversight: createBlockOversight(reading),
    outcomes: createOutcomes(reading),
    searches: createSearches({ ...reading, random }),
    officerLooks: createOfficerLooks(reading),
    lookups: createLookups({ ...reading, random, newReference: () => newReference(random) }),
    taking: createTaking({ inTransaction, catalogue, recordLook }),
    releases: createReleases(reading),
    unmaskings: createUnmaskings({
      ...{ inTransaction, clock, random, openRef: createRefOpening(secrets.operatorKey) },
      newReference: () => newReference(random),
    }),
    watching: createWatching({ ...reading, acting }),
    concerned: createConcerned({ inTransaction, acting }),
    explaining,
    worklist: createWorklist({ ...reading, tell }),
    standings: createStandings({ inTransaction, explaining }),
    flagRules: createRules(reading),
    counting: createCounting({ inTransaction, clock, logState }),
    checking: createChecking({
      ...{ inTransaction, clock, random },
      check: (trx) => checkRecent(trx, { ...ledger, most: CHECKED }),
    }),
    figures: createFigures({ inTransaction, catalogue, clock }),
    statistics: createStatistics({ inTransaction, catalogue, clock }),
    archive: createArchive({
      ...{ inTransaction, clock, random, logState, versions },
      newReference: () => newReference(random),
    }),
  }
}

/** What reports are written with. */
export function versionsOf({ version: catalogue }: Catalogue) {
  return { catalogue, software: softwareVersion() }
}

/** The version that `package.json` names. */
function softwareVersion(): string {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    readonly version: string
  }
  return version
}

/** The pages of data protection officers about accesses, and of those who release reports. */
export function officerRoutesOf(rooms: Rooms, catalogue: Catalogue) {
  const { oversight, archive, releases, unmaskings, held, officerLooks, figures, checking } = rooms
  const { canAsk } = unmaskings
  const words = { texts: (tag: string) => catalogue.texts(tag), wordsOf: chosenWords }
  return [
    ...figureRoutes({ figures, checking, oversight, catalogue }),
    ...oversightRoutes({ ...rooms, catalogue, canAsk }),
    ...searchRoutes({ ...rooms, catalogue }),
    ...blockOversightRoutes({ ...rooms, catalogue }),
    ...flagRoutes({ ...rooms, catalogue }),
    ...ownFlagRoutes({ ...rooms, catalogue }),
    ...unmaskingRoutes({ oversight, unmaskings, catalogue }),
    ...heldRoutes({ held, oversight, catalogue }),
    ...secondReviewRoutes({ ...rooms, catalogue }),
    ...officerLookRoutes({ looks: officerLooks, catalogue }),
    ...lookupRoutes({ ...rooms, catalogue, subjectOf: rooms.enrolment.subjectOf }),
    ...accessReportRoutes({
      ...{ ...words, archive },
      languages: ON_PAPER,
      chosenIn: (actor, query) => chosenOf(query, oversight.choices(actor)),
      ofOffice: (actor, entry) => oversight.access(actor, entry),
      countOf: async (actor, chosen) => (await oversight.accesses(actor, { chosen })).count,
    }),
    ...releaseRoutes({
      ...{ ...words, releases },
      officeCode: (office) => catalogue.parties.byId(office)?.code ?? '',
    }),
  ]
}

/** Making reports, in the process that works. */
export function makingOf(...given: Parameters<typeof makingParts>): Making {
  return createMaking(makingParts(...given))
}

/** What making reports is made of. */
export function makingParts(
  { catalogue, clock, config, standard }: Installation,
  { inTransaction, taking }: Pick<Rooms, 'inTransaction' | 'taking'>,
  texts: Texts,
): MakingParts {
  const source = sourceOf(taking, catalogue)
  const tongueOf = (asked: string): Tongue => {
    const language = paperLanguageOf(asked) ?? GERMAN
    const { tag, unchecked } = language
    return { tag, unchecked, t: texts.in(language), texts: catalogue.names(tag) }
  }
  return {
    ...{ inTransaction, clock, source },
    draw: (request, survey, part) => {
      const { language, filter, format } = request
      const officeCode = source.officeCode(request.office)
      if (format === 'json') return drawCodes(officeCode, { request, survey, part })
      if (format === 'csv') return drawTable(tongueOf(language), part)
      const paper = {
        standard,
        german: tongueOf(GERMAN.tag),
        ...(language === GERMAN.tag ? {} : { reader: tongueOf(language) }),
        checkAddress: `${config.origin}/${pagesFor(language)}/check`,
        chosen: (tongue: Tongue) => chosenWords(tongue, filter),
        officeCode,
      }
      return drawReport(paper, { request, survey, part })
    },
  }
}

/** The accesses of a report, read as the officer who asked for it. */
function sourceOf(taking: Taking, { parties }: Catalogue): AccessSource {
  const asked = ({ office, staff, filter, entry, log }: ReportRequest) => {
    const actor: StaffActor = { role: 'dpo', staff: staff as StaffId, office, assurance: 'high' }
    const person = entry === undefined ? {} : { personOf: entry }
    return { actor, standing: { chosen: filter, state: log, ...person } }
  }
  return {
    recorded: (request, below) => {
      const { actor, standing } = asked(request)
      const from = below === undefined ? {} : { lookedBelow: below }
      return inCodes(taking.recorded(actor, { ...standing, ...from }))
    },
    again: (request) => {
      const { actor, standing } = asked(request)
      return inCodes(taking.again(actor, standing))
    },
    mayStillSee: async (request) => {
      const { actor, standing } = asked(request)
      return (await taking.isOfficer(actor)) && (await taking.isThere(actor, standing))
    },
    officeCode: (office) => parties.byId(office)?.code ?? '',
  }
}

async function* inCodes(
  stretches: AsyncIterable<readonly TakenAccess[]>,
): AsyncGenerator<readonly ReportRow[]> {
  for await (const stretch of stretches) yield stretch.map(rowOf)
}

function rowOf({ unit, ...access }: TakenAccess): ReportRow {
  return {
    ...access,
    source: access.source.code,
    recipient: access.recipient.code,
    ...(unit === undefined ? {} : { unit: unit.code }),
    purpose: access.purpose.code,
    legalBasis: access.legalBasis.code,
    citation: access.legalBasis.citation,
    fields: access.fields.map(({ code }) => code),
  }
}
