import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Catalogue } from '../catalogue/index.js'
import type { Database } from '../database.js'
import type { StaffActor, StaffId } from '../identity/index.js'
import type { Ledger } from '../ledger/index.js'
import {
  chosenOf,
  chosenWords,
  createTaking,
  type TakenAccess,
  type Taking,
} from '../oversight/index.js'
import { accessFileRoutes } from '../oversight/routes/files.js'
import { oversightRoutes } from '../oversight/routes.js'
import type { InTransaction } from '../platform/db/transaction.js'
import { GERMAN, LANGUAGES, languageOf } from '../platform/http/languages.js'
import type { Look } from '../platform/http/route.js'
import type { Texts } from '../platform/http/texts.js'
import { ROOT } from '../platform/root.js'
import { newReference } from '../rectification/index.js'
import {
  createArchive,
  createMaking,
  drawReport,
  type AccessSource,
  type Making,
  type MakingParts,
  type ReportRequest,
  type ReportRow,
  type Tongue,
} from '../reports/index.js'
import { accessReportRoutes } from '../reports/routes/access.js'
import type { Installation } from './installation.js'
import type { Rooms } from './rooms.js'

const PUBLIC = { login: 'web', role: 'web_public', readOnly: true } as const

/** What exploring and reports of data protection officers are made of. */
export function officersOf(
  { catalogue, clock, random }: Installation,
  {
    inTransaction,
    ledger,
    recordLook,
  }: {
    readonly inTransaction: InTransaction<Database>
    readonly ledger: Ledger
    readonly recordLook: (actor: StaffActor, looks: readonly Look[]) => Promise<void>
  },
) {
  const logState = () => inTransaction(PUBLIC, ledger.publicCheckpoint)
  const versions = versionsOf(catalogue)
  return {
    taking: createTaking({ inTransaction, catalogue, clock, logState, recordLook }),
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

/** The pages of data protection officers about accesses. */
export function officerRoutesOf({ oversight, taking, archive }: Rooms, catalogue: Catalogue) {
  return [
    ...oversightRoutes({ oversight, catalogue }),
    ...accessFileRoutes({ oversight, taking, catalogue }),
    ...accessReportRoutes({
      archive,
      texts: (tag) => catalogue.texts(tag),
      languages: LANGUAGES,
      chosenIn: (actor, query) => chosenOf(query, oversight.choices(actor)),
      wordsOf: chosenWords,
      countOf: async (actor, chosen) => (await oversight.accesses(actor, { chosen })).count,
    }),
  ]
}

/** Making reports, in the process that works. */
export function makingOf(...given: Parameters<typeof makingParts>): Making {
  return createMaking(makingParts(...given))
}

/** What making reports is made of. */
export function makingParts(
  { catalogue, clock, config }: Installation,
  { inTransaction, taking }: Pick<Rooms, 'inTransaction' | 'taking'>,
  texts: Texts,
): MakingParts {
  const source = sourceOf(taking, catalogue)
  const tongueOf = (tag: string): Tongue => ({
    ...{ tag, t: texts.in(languageOf(tag) ?? GERMAN), texts: catalogue.texts(tag) },
  })
  return {
    ...{ inTransaction, clock, source },
    draw: (request, survey, part) => {
      const { language, filter } = request
      const parts = {
        german: tongueOf(GERMAN.tag),
        ...(language === GERMAN.tag ? {} : { reader: tongueOf(language) }),
        checkAddress: `${config.origin}/${language}/check`,
        chosen: (tongue: Tongue) => chosenWords(tongue, filter),
        officeCode: source.officeCode(request.office),
      }
      return drawReport(parts, { request, survey, part })
    },
  }
}

/** The accesses of a report, read as the officer who asked for it. */
function sourceOf(taking: Taking, { parties }: Catalogue): AccessSource {
  const asked = ({ office, staff, filter, log }: ReportRequest) => {
    const actor: StaffActor = { role: 'dpo', staff: staff as StaffId, office, assurance: 'high' }
    return { actor, standing: { chosen: filter, state: log } }
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
