import type { Catalogue, Party } from '../catalogue/index.js'
import type { Database } from '../database.js'
import {
  createInquiries,
  createInquiryDesk,
  createInquiryUpkeep,
  createJournal,
  type Deadline,
  type InquiryParts,
  type Tell,
} from '../inquiries/index.js'
import { askingFrom, inquiryRoutes } from '../inquiries/routes.js'
import { inquiryDeskRoutes } from '../inquiries/routes/desk.js'
import type { InquiryPages } from '../inquiries/routes/visit.js'
import type { Translate } from '../platform/http/texts.js'
import { createThingKeys } from '../journal/index.js'
import type { Ledger } from '../ledger/index.js'
import type { Overview } from '../overview/index.js'
import { createOversight } from '../oversight/index.js'
import { berlinDay, dueDate, landOf, newReference, parseReference } from '../rectification/index.js'
import type { InTransaction } from '../platform/db/transaction.js'
import { derivedKey } from '../platform/secrets.js'
import type { Installation } from './installation.js'
import { operatorDigestOf } from './operators.js'

const PUBLIC = { login: 'web', role: 'web_public', readOnly: true } as const

/** Oversight, and the room of inquiries: what residents ask about accesses, and what officers answer. */
export function inquiriesOf(
  { catalogue, clock, random, secrets }: Installation,
  {
    inTransaction,
    ledger,
    overview,
    tell,
  }: {
    readonly inTransaction: InTransaction<Database>
    readonly ledger: Ledger
    readonly overview: Overview
    /** Puts a message into the inbox of the person; absent where the portal has none. */
    readonly tell?: Tell
  },
) {
  const logState = () => inTransaction(PUBLIC, ledger.publicCheckpoint)
  const oversight = createOversight({ inTransaction, catalogue, clock, logState })
  const parts: InquiryParts = {
    ...{ inTransaction, catalogue, clock, random, deadlineOf },
    journal: createJournal({
      ...{ ledger, catalogue },
      operatorDigest: operatorDigestOf(secrets, 'inquiry/'),
    }),
    keys: createThingKeys('inquiry', {
      masterKey: derivedKey(secrets.evidenceKey, 'inquiries'),
      random,
    }),
    references: { fresh: () => newReference(random), isOne: isReference },
    accessOf: async (actor, index) => (await overview.access(actor, index)).entry,
    officeAccessOf: (actor, index) => oversight.access(actor, index),
    ...(tell === undefined ? {} : { tell }),
  }
  return {
    oversight,
    inquiries: createInquiries(parts),
    inquiryDesk: createInquiryDesk(parts),
    inquiryUpkeep: createInquiryUpkeep(parts),
  }
}

/** Their pages, and what stands about them on the page of an access. */
export function questionRoutesOf(
  {
    inquiries,
    inquiryDesk: desk,
  }: Pick<ReturnType<typeof inquiriesOf>, 'inquiries' | 'inquiryDesk'>,
  { catalogue, german }: { readonly catalogue: Catalogue; readonly german: Translate },
) {
  const pages: InquiryPages = { inquiries, desk, catalogue, german, dayOf: berlinDay }
  return {
    ofResidents: inquiryRoutes(pages),
    ofOfficers: inquiryDeskRoutes(pages),
    asking: askingFrom(pages),
  }
}

/** The month of Article 12 (3) GDPR is reckoned where requests reckon it. */
function deadlineOf(askedAt: Date, office: Party): Deadline {
  return dueDate({ receivedOn: berlinDay(askedAt), land: landOf(office) })
}

/** Whether a text is a reference as people write it down. */
export function isReference(raw: string): boolean {
  const read = parseReference(raw)
  return read.ok && read.value === raw
}
