import type { Database } from '../database.js'
import type { ResidentActor } from '../identity/index.js'
import {
  ACT_TYPE,
  createBlockDesk,
  createBlocks,
  createBlockUpkeep,
  createWriteAct,
  restrictedOf,
  type BlockParts,
  type Deadline,
  type KnownOffice,
} from '../blocks/index.js'
import { blockRoutes } from '../blocks/routes.js'
import { blockCard } from '../blocks/routes/card.js'
import { blockDeskRoutes } from '../blocks/routes/desk.js'
import { draftRoutes } from '../blocks/routes/draft.js'
import { blockingFrom } from '../blocks/routes/links.js'
import type { BlockPages } from '../blocks/routes/visit.js'
import type { Catalogue, Field, Party } from '../catalogue/index.js'
import { createCommit, createThingKeys } from '../journal/index.js'
import type { Ledger } from '../ledger/index.js'
import type { Tell } from '../notices/index.js'
import type { Overview } from '../overview/index.js'
import type { OverviewPages } from '../overview/routes.js'
import type { Trx } from '../database.js'
import {
  berlinDay,
  disputesOf,
  dueDate,
  landOf,
  newReference,
  parseReference,
  responsibleOffice,
} from '../rectification/index.js'
import type { InTransaction } from '../platform/db/transaction.js'
import { derivedKey } from '../platform/secrets.js'
import type { Installation } from './installation.js'
import { operatorDigestOf } from './operators.js'
import type { Rooms } from './rooms.js'

/** The room of blocks: what residents block, restrict and object to, and what offices decide. */
export function blocksOf(
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
    readonly tell: Tell
  },
) {
  const operatorDigest = operatorDigestOf(secrets, 'block/')
  const masterKey = derivedKey(secrets.evidenceKey, 'blocks')
  const parts: BlockParts = {
    ...{ inTransaction, catalogue, clock, random, operatorDigest, deadlineOf, tell },
    write: createWriteAct(createCommit(ACT_TYPE, { ledger, catalogue, operatorDigest })),
    keys: createThingKeys('block', { masterKey, random }),
    references: { fresh: () => newReference(random), isOne: isReference },
    dayOf: berlinDay,
    officesOf: (actor) => knownOffices(overview, actor),
    officeForField: (actor, field) => officeForField({ overview, catalogue }, actor, field),
    fieldsHeld: async (actor) => (await overview.data(actor)).map(({ field }) => field),
  }
  return {
    blocks: createBlocks(parts),
    blockDesk: createBlockDesk(parts),
    blockUpkeep: createBlockUpkeep(parts),
  }
}

/** Their pages, what stands about them on the page of an access, and on the first screen. */
export function blockRoutesOf(
  { blocks, blockDesk: desk }: Pick<ReturnType<typeof blocksOf>, 'blocks' | 'blockDesk'>,
  { catalogue, german, draw }: Pick<BlockPages, 'catalogue' | 'german' | 'draw'>,
) {
  const pages: BlockPages = { blocks, desk, catalogue, german, dayOf: berlinDay, draw }
  return {
    ofResidents: [...blockRoutes(pages), ...draftRoutes(pages)],
    ofOffices: blockDeskRoutes(pages),
    blocking: blockingFrom(),
    card: blockCard(pages),
  }
}

/** What of some subjects is contested or restricted: later requesters are told of both alike (GDPR Article 18). */
export async function marksOf(trx: Trx, subjects: readonly string[]) {
  return [...(await disputesOf(trx, subjects)), ...(await restrictedOf(trx, subjects))]
}

type Marks = Awaited<ReturnType<OverviewPages['disputed']>>
type Mark = Marks extends ReadonlyMap<string, infer One> ? One : never

/** What marks fields on the pages of the person: what they dispute, else what is restricted for them. */
export async function fieldMarksOf(
  { rectification, blocks }: Pick<Rooms, 'rectification' | 'blocks'>,
  actor: ResidentActor,
): Promise<Marks> {
  const restricted = [...(await blocks.restricted(actor))].map(([field, reference]) => {
    return [field, { kind: 'restricted', page: 'blocks.block', reference }] as const
  })
  const disputed = [...(await rectification.disputed(actor))].map(([field, reference]) => {
    return [field, { kind: 'disputed', page: 'rectification.request', reference }] as const
  })
  return new Map<string, Mark>([...restricted, ...disputed])
}

/** The month of Article 12 (3) GDPR is reckoned where requests reckon it. */
function deadlineOf(receivedAt: Date, office: Party): Deadline {
  return dueDate({ receivedOn: berlinDay(receivedAt), land: landOf(office) })
}

function isReference(raw: string): boolean {
  const read = parseReference(raw)
  return read.ok && read.value === raw
}

async function knownOffices(
  overview: Overview,
  actor: ResidentActor,
): Promise<readonly KnownOffice[]> {
  const offices = await overview.offices(actor)
  return offices.map(({ party, fields, activity }) => ({
    ...{ party, fields },
    ...(activity === undefined ? {} : { lastAt: activity.lastAt }),
  }))
}

async function officeForField(
  { overview, catalogue }: { readonly overview: Overview; readonly catalogue: Catalogue },
  actor: ResidentActor,
  field: Field,
): Promise<Party | undefined> {
  const known = await knownOffices(overview, actor)
  const offices = known.map(({ party, fields, ...rest }) => ({
    ...{ ...rest, party, keeps: fields.length > 0 },
    holds: fields.some(({ code }) => code === field.code),
  }))
  return responsibleOffice(field, offices, catalogue.parties)
}
