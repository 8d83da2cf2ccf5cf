import { appointmentNotes } from '../appointments/routes.js'
import { emergencyNotes } from '../emergencies/routes.js'
import { consentRoutes } from '../consent/routes.js'
import { demoRoutes } from '../demo/routes.js'
import { keptCard } from '../identity/routes.js'
import { codeCard } from '../identity/routes/devices.js'
import { COUNSELLORS } from '../information/index.js'
import { informationRoutes } from '../information/routes.js'
import { ingestionRoutes } from '../ingestion/routes.js'
import { ledgerRoutes } from '../ledger/routes.js'
import { messageCard, noticesRoutes } from '../notices/routes.js'
import { mailRoutes } from '../notices/routes/settings.js'
import { overviewRoutes } from '../overview/routes.js'
import { registersRoutes } from '../registers/routes.js'
import { consentApiRoutesOf, receiptRoutesOf } from './consents.js'
import { requestOversightRoutes } from '../oversight/routes/requests.js'
import { statisticsRoutes } from '../oversight/routes/statistics.js'
import { rectificationRoutes } from '../rectification/routes.js'
import type { RectificationPages } from '../rectification/routes/visit.js'
import { fileRoutes } from '../rectification/routes/files.js'
import { letterRoutes } from '../rectification/routes/letters.js'
import { requestCard } from '../rectification/routes/card.js'
import { caseRoutes } from '../rectification/routes/casework.js'
import { queueRoutes } from '../rectification/routes/queue.js'
import { checkRoutes } from '../reports/routes/check.js'
import { healthRoutes, metricsRoutes } from '../platform/http/health.js'
import { GERMAN, languageOf } from '../platform/http/languages.js'
import { menuOf } from '../platform/http/menu.js'
import type { Actor } from '../identity/index.js'
import type { RouteSpec } from '../platform/http/route.js'
import type { Texts, Translate } from '../platform/http/texts.js'
import type { Catalogue } from '../catalogue/index.js'
import type { DrawLetter } from '../platform/kernel/letter.js'
import { lettersAs } from '../platform/pdf/letter.js'
import type { Metrics } from '../platform/metrics.js'
import { heldBy } from './consents.js'
import { writtenBy } from './registers.js'
import { consentDeskRoutesOf } from './consent-desk.js'
import { blockRoutesOf, fieldMarksOf } from './blocks.js'
import { questionRoutesOf } from './inquiries.js'
import type { Installation } from './installation.js'
import { officeQuestionRoutesOf } from './office-questions.js'
import { officerRoutesOf } from './oversight.js'
import { copyRoutesOf } from './reports.js'
import { workplaceRoutesOf } from './tidings.js'
import type { Rooms } from './rooms.js'
import { signInRoutesOf } from './sign-in.js'

const START_PAGES = { resident: 'overview.home', staff: 'identity.staff' } as const
const PUBLIC = { login: 'web', role: 'web_public', readOnly: true } as const

/** Every route of every room: the order is that of the menu. */
export function routesOf(
  installation: Installation,
  { rooms, metrics, texts }: { rooms: Rooms; metrics: Metrics; texts: Texts },
): RouteSpec<Actor>[] {
  const { config, catalogue, verdict, standard } = installation
  const { inTransaction, identity, ingestion, ledger, overview, publicLog, accounts } = rooms
  const textsIn = (tag: string) => texts.in(languageOf(tag) ?? GERMAN)
  const wording = { catalogue, textsIn, draw: lettersAs(standard) }
  const noticesPages = { ...rooms, catalogue, sends: config.mail !== undefined }
  const receipts = receiptRoutesOf(installation, rooms, textsIn(GERMAN.tag))
  const questions = questionRoutesOf(rooms, { catalogue, german: textsIn(GERMAN.tag) })
  const blocked = blockRoutesOf(rooms, { ...wording, german: textsIn(GERMAN.tag) })
  const routes: RouteSpec<Actor>[] = [
    ...overviewRoutes({
      overview,
      catalogue,
      showsLatest: async (actor) => (await accounts.read(actor)).showsLatest,
      liveValues: rooms.registers.values,
      asking: questions.asking,
      blocking: blocked.blocking,
      appointments: appointmentNotes({ ...rooms, catalogue }),
      emergencies: emergencyNotes(rooms),
      disputed: (actor) => fieldMarksOf(rooms, actor),
      homeCards: [...homeCardsOf(rooms), blocked.card],
    }),
    ...requestRoutesOf(rooms, wording),
    ...questions.ofResidents,
    ...consentRoutes({ consents: rooms.consents, catalogue, heldOf: heldBy(rooms.overview) }),
    ...blocked.ofResidents,
    ...caseRoutesOf(rooms, wording),
    ...consentDeskRoutesOf(rooms, wording),
    ...blocked.ofOffices,
    ...mailRoutes(noticesPages),
    ...noticesRoutes(noticesPages),
    ...workplaceRoutesOf(rooms, { catalogue, pagesOf: (role) => menuOf(routes, { role }) }),
    ...signInRoutesOf(installation, rooms, textsIn),
    ...officeQuestionRoutesOf(rooms, catalogue),
    ...officerRoutesOf(rooms, catalogue),
    ...questions.ofOfficers,
    ...requestOversightRoutes({ ...rooms, requests: rooms.requestOversight, catalogue }),
    ...publicRoutesOf(installation, rooms, textsIn(GERMAN.tag)),
    ...copyRoutesOf(installation, rooms, texts),
    ...ledgerRoutes<Actor>({ ledger, publicLog }),
    ...receipts.routes,
    ...registersRoutes<Actor>({ registers: { keys: [...rooms.registers.keys, receipts.key] } }),
    ...ingestionRoutes({ ingestion, catalogue, origin: config.origin }),
    ...consentApiRoutesOf(installation, rooms),
    ...(config.demo
      ? demoRoutes({ identity, seed: config.demoSeed, startPages: START_PAGES })
      : []),
    ...healthRoutes<Actor>({
      ping: () => inTransaction(PUBLIC, ledger.publicCheckpoint),
      ready: () => verdict.state === 'agrees',
    }),
    ...metricsRoutes<Actor>({ token: config.metricsToken, text: metrics.text }),
  ]
  return routes
}

/** Pages for everybody, in the order of the foot. */
function publicRoutesOf(
  { config, catalogue }: Installation,
  { information, archive, taken, statistics }: Rooms,
  german: Translate,
) {
  const installation = { ...config, operator: config.controller }
  return [
    ...informationRoutes({ information, catalogue, installation }),
    ...checkRoutes({ archive, taken }),
    ...statisticsRoutes({
      ...{ statistics, german, origin: config.origin },
      publisher: config.controller?.name ?? 'Mirat',
    }),
  ]
}

interface Wording {
  readonly catalogue: Catalogue
  readonly textsIn: (tag: string) => Translate
  readonly draw: DrawLetter
}

/** What the pages of requests are made of, those of residents and those of offices. */
function requestPagesOf(
  { rectification, evidence, overview, registers }: Rooms,
  { catalogue, textsIn, draw }: Wording,
): RectificationPages {
  return {
    draw,
    rectification,
    evidence,
    catalogue,
    counselling,
    german: textsIn(GERMAN.tag),
    fieldsOfAccess: async (actor, index) => (await overview.access(actor, index)).entry.fields,
    writtenNow: writtenBy({ overview, registers }),
    fieldsHeld: async (actor) => (await overview.data(actor)).map(({ field }) => field),
  }
}

function requestRoutesOf(rooms: Rooms, wording: Wording): RouteSpec<Actor>[] {
  const pages = requestPagesOf(rooms, wording)
  return [...rectificationRoutes(pages), ...letterRoutes(pages), ...fileRoutes(pages, rooms)]
}

function caseRoutesOf(rooms: Rooms, wording: Wording): RouteSpec<Actor>[] {
  const pages = {
    ...requestPagesOf(rooms, wording),
    textsIn: wording.textsIn,
    casework: rooms.casework,
  }
  return [...queueRoutes(pages), ...caseRoutes(pages)]
}

/** What other rooms say on a resident's first screen, in this order. */
function homeCardsOf(rooms: Rooms) {
  return [requestCard(rooms), messageCard(rooms), keptCard(rooms.keptForms), codeCard(rooms)]
}

/** Whom a page of requests names before identity data is changed. */
const counselling: RectificationPages['counselling'] = (t) =>
  COUNSELLORS.map(({ name, href }) => ({
    name: t(`information:help.${name}.name`),
    text: `information:help.${name}.text`,
    href,
  }))
