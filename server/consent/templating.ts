import type { Trx } from '../database.js'
import { staffScope, type StaffActor } from '../identity/index.js'
import { sha256 } from '../ledger/index.js'
import { uuidOf } from '../platform/kernel/ids.js'
import { StepRefused } from './error.js'
import { foundOr, type ConsentParts } from './parts.js'
import {
  changeDraft,
  endVersion,
  insertDraft,
  insertTemplate,
  publishDraft,
  readTemplate,
  readVersion,
  readVersions,
  type StoredVersion,
} from './store/templates.js'
import { contentText, faultsOf, type Content, type Fault } from './template.js'

export type { StoredVersion } from './store/templates.js'

/** Which version a page was about, and what it said then. */
export interface VersionRef {
  readonly template: string
  readonly version: number
  /** SHA-256 of the content that was read, in hex. */
  readonly digest: string
}

/** A version as staff of the controller see it. */
export interface VersionFacts extends StoredVersion {
  readonly digest: string
  /** Whether the one who looks may publish it: never who wrote it last. */
  readonly isOwnDraft: boolean
  /** Why it cannot be published, all at once. */
  readonly faults: readonly Fault[]
}

/**
 * What a controller asks consent for. Versions are drafted by one person, published by another, and never change
 * afterwards; templates of other offices are NOT_FOUND.
 */
export interface Templating {
  /** Every version of the own office, by template, the latest first. */
  list(actor: StaffActor): Promise<readonly VersionFacts[]>
  version(actor: StaffActor, at: Omit<VersionRef, 'digest'>): Promise<VersionFacts>
  /** Begins a draft, of a new template or after the last version; StepRefused (ASKED_ALREADY) where there is one. */
  draft(actor: StaffActor, content: Content): Promise<{ template: string; version: number }>
  /** Changes a draft as it was read; StepRefused (STALE) where it was changed or published meanwhile. */
  change(actor: StaffActor, at: VersionRef, content: Content): Promise<void>
  /** StepRefused: FAULTY where something stands against it, SAME_PERSON where the draft is one's own. */
  publish(actor: StaffActor, at: VersionRef): Promise<void>
  /** Nobody is asked with it any more; what was agreed to stays. */
  end(actor: StaffActor, template: string): Promise<void>
}

/** Makes the controllers' side of the room. */
export function createTemplating(parts: ConsentParts): Templating {
  const within = <Value>(actor: StaffActor, work: (trx: Trx) => Promise<Value>) =>
    parts.inTransaction(staffScope(actor), work)
  const facts = (actor: StaffActor, version: StoredVersion): VersionFacts => ({
    ...version,
    digest: sha256(contentText(version.content)).toString('hex'),
    isOwnDraft: version.draftedBy === actor.staff,
    faults: faultsOf(version.content, parts.catalogue),
  })
  return {
    list: (actor) =>
      within(actor, async (trx) =>
        (await readVersions(trx)).map((version) => facts(actor, version)),
      ),
    version: (actor, at) =>
      within(actor, async (trx) => facts(actor, foundOr(await readVersion(trx, at)))),
    draft: (actor, content) => within(actor, (trx) => begin(parts, trx, { actor, content })),
    change: (actor, { template, version, digest }, content) =>
      within(actor, async (trx) => {
        const text = contentText(content)
        const isDone = await changeDraft(trx, {
          ...{ template, version, content: text, digest: sha256(text), staff: actor.staff },
          ...{ at: parts.clock.now(), before: Buffer.from(digest, 'hex') },
        })
        if (!isDone) throw new StepRefused('STALE')
      }),
    publish: (actor, at) => within(actor, (trx) => publish(parts, trx, { actor, at })),
    end: (actor, template) =>
      within(actor, async (trx) => {
        if (!(await endVersion(trx, template, parts.clock.now()))) throw new StepRefused('STALE')
      }),
  }
}

async function begin(
  parts: ConsentParts,
  trx: Trx,
  { actor, content }: { readonly actor: StaffActor; readonly content: Content },
): Promise<{ template: string; version: number }> {
  const at = parts.clock.now()
  const known = await readTemplate(trx, content.code)
  const template = known ?? uuidOf(parts.random.bytes(16))
  if (known === undefined) {
    const row = { template, office: actor.office ?? 0, code: content.code, created_at: at }
    if (!(await insertTemplate(trx, row))) throw new StepRefused('ASKED_ALREADY')
  }
  const [last] = await readVersions(trx, template)
  const version = (last?.version ?? 0) + 1
  const text = contentText(content)
  const isNew = await insertDraft(trx, {
    ...{ template, number: version, content: text, digest: sha256(text) },
    ...{ drafted_by: actor.staff, drafted_at: at },
  })
  if (!isNew) throw new StepRefused('ASKED_ALREADY')
  return { template, version }
}

/** The newer version takes the place of the one before in the same transaction. */
async function publish(
  parts: ConsentParts,
  trx: Trx,
  { actor, at }: { readonly actor: StaffActor; readonly at: VersionRef },
): Promise<void> {
  const { template, version, digest } = at
  const draft = foundOr(await readVersion(trx, at))
  if (draft.publishedAt !== undefined) throw new StepRefused('STALE')
  if (draft.draftedBy === actor.staff) throw new StepRefused('SAME_PERSON')
  if (faultsOf(draft.content, parts.catalogue).length > 0) throw new StepRefused('FAULTY')
  const now = parts.clock.now()
  await endVersion(trx, template, now)
  const change = { template, version, digest: Buffer.from(digest, 'hex') }
  const isDone = await publishDraft(trx, { ...change, staff: actor.staff, at: now })
  if (!isDone) throw new StepRefused('STALE')
}
