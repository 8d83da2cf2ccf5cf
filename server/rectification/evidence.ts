import type { Trx } from '../database.js'
import {
  officeScope,
  residentScope,
  type ResidentActor,
  type StaffActor,
} from '../identity/index.js'
import type { Scope } from '../platform/db/transaction.js'
import { DomainError } from '../platform/kernel/errors.js'
import { isUuid, uuidOf } from '../platform/kernel/ids.js'
import { writing, type RectificationParts } from './parts.js'
import { inspectAll, type Inspect, type Inspected, type SentFile } from './service/inspecting.js'
import { holdDraft, readDraft, readOwnByReference } from './store.js'
import { readCase } from './store/cases.js'
import {
  deleteFile,
  insertFile,
  noteScan,
  readFile,
  readFiles,
  readQuota,
  readWaiting,
  type FileRow,
  type FileType,
} from './store/files.js'

/** A file that was looked at and may be kept, under its name on the person's device. */
export interface Evidence {
  readonly name: string
  readonly type: FileType
  readonly bytes: Buffer
}

/** A file in a list. */
export interface ListedFile {
  readonly file: string
  readonly name: string
  readonly type: FileType
  /** Bytes. */
  readonly size: number
  /** Whether a scanner still has to look at it: staff do not see it before. */
  readonly isWaiting: boolean
}

/** Why a file is not taken. */
export type EvidenceRefusal = 'INFECTED' | 'TOO_MANY' | 'QUOTA'

/** What a scanner says of bytes; nothing is called clean on any doubt. */
export type Scan = (bytes: Buffer) => Promise<'clean' | 'infected' | 'unavailable'>

/** What keeping evidence takes. */
export type EvidenceParts = Pick<
  RectificationParts,
  'inTransaction' | 'clock' | 'random' | 'keys'
> & { readonly scan: Scan | undefined; readonly inspect: Inspect }

/** Files that people hand in with a request, encrypted under its key. */
export interface EvidenceKeeping {
  /** Looks at files that were sent: all of them may be kept, or none is. */
  inspected(files: readonly SentFile[]): Promise<Inspected>
  /** Adds files to a draft, all of them or none. */
  add(
    actor: ResidentActor,
    draft: string,
    files: readonly Evidence[],
  ): Promise<EvidenceRefusal | undefined>
  drop(actor: ResidentActor, draft: string, file: string): Promise<void>
  ofDraft(actor: ResidentActor, draft: string): Promise<readonly ListedFile[]>
  ofRequest(actor: ResidentActor, reference: string): Promise<readonly ListedFile[]>
  ofCase(actor: StaffActor, reference: string): Promise<readonly ListedFile[]>
  /** One file for the person; NOT_FOUND where there is none. */
  own(actor: ResidentActor, reference: string, file: string): Promise<Evidence>
  /** One file for the office; what no scanner has looked at yet is not there (NOT_FOUND). */
  forOffice(actor: StaffActor, reference: string, file: string): Promise<Evidence>
  /** Has the scanner look at files that waited for it; returns how many it could. */
  rescan(): Promise<number>
}

/** Files of one request, and bytes of all requests of one person. */
export const MOST_FILES = 10
const MOST_BYTES = 50 * 1024 * 1024
/** Files that one turn of the job looks at. */
const TURN = 20
const WORKER: Scope = { login: 'worker', role: 'worker' }

/** Makes the keeping of evidence. */
export function createEvidence(parts: EvidenceParts): EvidenceKeeping {
  const { inTransaction } = parts
  const listed = async (scope: Scope, find: (trx: Trx) => Promise<Found | undefined>) =>
    inTransaction(scope, async (trx) => {
      const { request, caseKey } = present(await find(trx))
      const rows = await readFiles(trx, request)
      return caseKey === undefined ? [] : rows.map((row) => told(parts, { request, caseKey }, row))
    })
  const opened = async (
    scope: Scope,
    file: string,
    find: (trx: Trx) => Promise<Found | undefined>,
  ) =>
    inTransaction(scope, async (trx) => {
      const { request, caseKey } = present(await find(trx))
      const row = isUuid(file) ? await readFile(trx, { request, file }) : undefined
      if (row === undefined || caseKey === undefined) throw new DomainError('NOT_FOUND')
      const { name, type } = told(parts, { request, caseKey }, row)
      const bytes = parts.keys.of(request, caseKey).openBytes(`file/${row.file}`, row.content)
      return { name, type, bytes }
    })
  const draftOf = (id: string) => async (trx: Trx) => (isUuid(id) ? readDraft(trx, id) : undefined)
  return {
    inspected: (files) => inspectAll(parts.inspect, files),
    add: (actor, draft, files) => add(parts, actor, { draft, files }),
    drop: (actor, draft, file) =>
      inTransaction(writing(actor), async (trx) => {
        const { request } = present(await draftOf(draft)(trx))
        if (isUuid(file)) await deleteFile(trx, { request, file })
      }),
    ofDraft: (actor, draft) => listed(residentScope(actor), draftOf(draft)),
    ofRequest: (actor, reference) =>
      listed(residentScope(actor), (trx) => readOwnByReference(trx, reference)),
    ofCase: (actor, reference) => listed(officeScope(actor), (trx) => readCase(trx, reference)),
    own: (actor, reference, file) =>
      opened(residentScope(actor), file, (trx) => readOwnByReference(trx, reference)),
    forOffice: (actor, reference, file) =>
      opened(officeScope(actor), file, (trx) => readCase(trx, reference)),
    rescan: () => rescan(parts),
  }
}

interface Found {
  readonly request: string
  readonly caseKey?: Buffer
}

function present(found: Found | undefined): Found {
  if (found === undefined) throw new DomainError('NOT_FOUND')
  return found
}

function told(
  { keys }: Pick<EvidenceParts, 'keys'>,
  { request, caseKey }: Required<Found>,
  { file, type, size, name, isWaiting }: FileRow,
): ListedFile {
  const plain = keys.of(request, caseKey).openBytes(`file-name/${file}`, name).toString()
  return { file, type, size, isWaiting, name: plain }
}

type ScanResult = Awaited<ReturnType<Scan>> | undefined

async function add(
  parts: EvidenceParts,
  actor: ResidentActor,
  { draft, files }: { draft: string; files: readonly Evidence[] },
): Promise<EvidenceRefusal | undefined> {
  const { inTransaction, scan } = parts
  // No connection to the database waits for a scanner.
  const scanned: { file: Evidence; found: ScanResult }[] = []
  for (const file of files) scanned.push({ file, found: await scan?.(file.bytes) })
  if (scanned.some(({ found }) => found === 'infected')) return 'INFECTED'
  return inTransaction(writing(actor), async (trx) => {
    // Filed or dropped while the files were on their way: then there is no draft to add them to.
    const row = isUuid(draft) ? await holdDraft(trx, draft) : undefined
    if (row?.caseKey === undefined) throw new DomainError('NOT_FOUND')
    const { request, caseKey } = row
    const quota = await readQuota(trx, { request, account: actor.account })
    const bytes = files.reduce((sum, one) => sum + one.bytes.length, Number(quota.bytes))
    if (quota.files + files.length > MOST_FILES) return 'TOO_MANY'
    if (bytes > MOST_BYTES) return 'QUOTA'
    for (const one of scanned) {
      await keep(parts, trx, { request, caseKey, account: actor.account, ...one })
    }
    return undefined
  })
}

async function keep(
  { keys, random, clock }: EvidenceParts,
  trx: Trx,
  {
    request,
    caseKey,
    account,
    file,
    found,
  }: Required<Found> & { account: string; file: Evidence; found: ScanResult },
): Promise<void> {
  const id = uuidOf(random.bytes(16))
  const key = keys.of(request, caseKey)
  await insertFile(trx, {
    ...{ request, file: id, type: file.type, size: file.bytes.length, account },
    name: key.sealBytes(`file-name/${id}`, Buffer.from(file.name)),
    content: key.sealBytes(`file/${id}`, file.bytes),
    isWaiting: found === 'unavailable',
    isScanned: found === 'clean',
    at: clock.now(),
  })
}

async function rescan({ inTransaction, keys, scan }: EvidenceParts): Promise<number> {
  if (scan === undefined) return 0
  const waiting = await inTransaction(WORKER, (trx) => readWaiting(trx, TURN))
  let looked = 0
  for (const { file, request, case_key: key, content } of waiting) {
    const found = await scan(keys.of(request, key).openBytes(`file/${file}`, content))
    if (found === 'unavailable') return looked
    await inTransaction(WORKER, (trx) => noteScan(trx, file, found === 'clean'))
    looked += 1
  }
  return looked
}
