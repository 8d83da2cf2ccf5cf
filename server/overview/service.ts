import type { DisplayDelay, EventClass } from '../catalogue/index.js'
import type { ResidentActor } from '../identity/actor.js'
import type { AccessCursor, AccessFilter } from './filter.js'
import type { Holding } from './holdings.js'
import type { FlaggedEntry, HeldField, OfficeSummary } from './rules.js'
import {
  allEntries,
  readAccess,
  readAccesses,
  readHome,
  readProof,
  type AccessFacts,
  type AccessList,
  type HomeFacts,
  type ProofFile,
} from './service/accesses.js'
import {
  readAllHoldings,
  readData,
  readField,
  readOffice,
  readOffices,
  type FieldFacts,
  type OfficeFacts,
} from './service/offices.js'
import { reading, type OverviewDeps } from './service/reading.js'

export type { OverviewDeps } from './service/reading.js'
export type {
  AccessFacts,
  AccessList,
  HomeFacts,
  ProofFile,
  ProofState,
} from './service/accesses.js'
export type { FieldFacts, OfficeFacts } from './service/offices.js'

/** What limits the whole page, the same for everybody. */
export interface LimitFacts {
  /** How long entries live, by where they come from. */
  readonly classes: readonly EventClass[]
  /** Which entries everybody sees only after a delay. */
  readonly delays: readonly DisplayDelay[]
}

/**
 * What a resident reads of the access log and of what is derived from it. Every use case reads own,
 * visible rows alone; what is another's and what does not exist are refused alike (NOT_FOUND). A
 * session that rests on a letter sees kinds of offices and of data only.
 */
export interface Overview {
  home(actor: ResidentActor): Promise<HomeFacts>
  offices(actor: ResidentActor): Promise<readonly OfficeSummary[]>
  /** One office by its catalogue code. */
  office(actor: ResidentActor, code: string): Promise<OfficeFacts>
  data(actor: ResidentActor): Promise<readonly HeldField[]>
  /** One field by its catalogue code; refuses a letter session (ASSURANCE). */
  field(actor: ResidentActor, code: string): Promise<FieldFacts>
  accesses(actor: ResidentActor, filter: AccessFilter, cursor: AccessCursor): Promise<AccessList>
  /** One access by its leaf index. */
  access(actor: ResidentActor, index: number): Promise<AccessFacts>
  /** Files to check an access with; refuses a letter session (ASSURANCE). */
  proof(actor: ResidentActor, index: number): Promise<ProofFile>
  limits(): LimitFacts
  /** The whole log, newest first, a stretch at a time; refuses a letter session (ASSURANCE). */
  allAccesses(actor: ResidentActor): AsyncIterable<FlaggedEntry>
  /** Every holding, ended ones included; refuses a letter session (ASSURANCE). */
  holdings(actor: ResidentActor): Promise<readonly Holding[]>
}

/** Makes the reading side of the overview. */
export function createReads(deps: OverviewDeps): Overview {
  const { catalogue, ledger } = deps
  return {
    home: (actor) => reading(deps, actor, readHome),
    offices: (actor) => reading(deps, actor, readOffices),
    office: (actor, code) => reading(deps, actor, (look) => readOffice(look, code)),
    data: (actor) => reading(deps, actor, readData),
    field: (actor, code) => reading(deps, actor, (look) => readField(look, code)),
    accesses: (actor, filter, cursor) =>
      reading(deps, actor, (look) => readAccesses(look, filter, cursor)),
    access: (actor, index) => reading(deps, actor, (look) => readAccess(look, ledger, index)),
    proof: (actor, index) => reading(deps, actor, (look) => readProof(look, ledger, index)),
    allAccesses: (actor) => allEntries((work) => reading(deps, actor, work)),
    holdings: (actor) => reading(deps, actor, readAllHoldings),
    limits: () => ({ classes: catalogue.classes, delays: catalogue.delays }),
  }
}
