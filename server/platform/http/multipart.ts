import { Dicer } from '@fastify/busboy'
import type { IncomingMessage } from 'node:http'
import { setImmediate } from 'node:timers/promises'
import { DomainError, type ErrorCode } from '../kernel/errors.js'
import { decodeUtf8, readDisposition, type Disposition } from './disposition.js'
import { cleanPairs } from './parse.js'
import type { SentFile } from './route.js'

/** A form with files, whole and in memory. */
export interface Upload {
  readonly form: URLSearchParams
  readonly files: readonly SentFile[]
}

/** What a form with files may hold. */
export interface UploadTerms {
  readonly field: string
  readonly most: number
  /** Bytes of all fields together, names not counted. */
  readonly fieldBytes: number
  /** Files that are not kept are read and thrown away, piece by piece. */
  readonly keepFiles: boolean
  /** Called once, before more than a piece of the first file is kept, with the fields before it; throws to refuse. */
  mayBring(fields: URLSearchParams): void
}

/** Largest file, and largest form with all its files, in bytes. */
export const FILE_BYTES = 10 * 1024 * 1024
export const UPLOAD_BYTES = 25 * 1024 * 1024

const BOUNDARY =
  /^multipart\/form-data\s*;\s*boundary=(?:"([\w'()+,./:=? -]{1,70})"|([\w'+.-]{1,70}))$/i
const MOST_PARTS = 120
const MOST_HEADERS = 8
/** Bytes of the headers of one part. The parser cuts what is longer than its limit, silently: ours is lower. */
const HEADER_BYTES = 3_072
const PARSER_HEADER_BYTES = 2 * HEADER_BYTES
const UNCODED = ['7bit', '8bit', 'binary']
const TYPE = /^[\x20-\x7e]{1,255}$/
/** Turns of the event loop within which the parser has handed over what it was given. */
const PATIENCE = 100

interface Part {
  disposition: Disposition | undefined
  declaredType: string
  readonly pieces: Buffer[]
  length: number
  hasEnded: boolean
}

/** What has been read, and why reading must stop. */
interface Reading {
  readonly terms: UploadTerms
  readonly parts: Part[]
  fieldBytes: number
  fault: Error | undefined
}

/**
 * Reads a multipart/form-data body (RFC 7578) while it arrives; throws BAD_REQUEST, TOO_LARGE or
 * TOO_MANY_FILES, and reads on without keeping anything, so that the sender sees the answer. Nothing
 * touches a disk.
 */
export async function readMultipart(request: IncomingMessage, terms: UploadTerms): Promise<Upload> {
  const reading: Reading = { terms, parts: [], fieldBytes: 0, fault: undefined }
  try {
    await feed(request, parserFor(boundaryOf(request), reading), reading)
    return uploadOf(reading)
  } catch (error) {
    throw error instanceof DomainError ? error : new DomainError('BAD_REQUEST', { cause: error })
  } finally {
    reading.parts.length = 0
    request.resume()
  }
}

function boundaryOf({ headers }: IncomingMessage): string {
  const [, quoted, bare] = BOUNDARY.exec(headers['content-type'] ?? '') ?? []
  const boundary = quoted ?? bare
  if (boundary === undefined) throw new DomainError('BAD_REQUEST')
  return boundary
}

function parserFor(boundary: string, reading: Reading): Dicer {
  const limits = { maxHeaderPairs: MOST_HEADERS, maxHeaderSize: PARSER_HEADER_BYTES }
  const parser = new Dicer({ boundary, ...limits })
  const noting = (act: () => void) => {
    try {
      if (reading.fault === undefined) act()
    } catch (error) {
      reading.fault = error instanceof Error ? error : new DomainError('BAD_REQUEST')
    }
  }
  const broken = () => noting(() => refuse('BAD_REQUEST'))
  parser.on('error', broken)
  parser.on('part', (stream) => {
    const part: Part = {
      disposition: undefined,
      declaredType: '',
      pieces: [],
      length: 0,
      hasEnded: false,
    }
    noting(() => addPart(reading, part))
    stream.on('header', (header) => noting(() => readHeader(reading, part, header)))
    stream.on('data', (piece: Buffer) => noting(() => takePiece(reading, part, piece)))
    stream.on('end', () => (part.hasEnded = true))
    stream.on('error', broken)
  })
  return parser
}

/** Hands over what arrives, and stops at the first fault: at most one piece too many is looked at. */
async function feed(request: IncomingMessage, parser: Dicer, reading: Reading): Promise<void> {
  let total = 0
  let isAsked = false
  for await (const piece of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    total += piece.length
    if (total > UPLOAD_BYTES) refuse('TOO_LARGE')
    parser.write(piece)
    await setImmediate()
    throwFault(reading)
    const first = reading.parts.findIndex(isFile)
    if (first < 0 || isAsked) continue
    isAsked = true
    reading.terms.mayBring(formOf(reading.parts.slice(0, first)))
  }
  parser.end()
  for (let turn = 0; turn === 0 || (turn < PATIENCE && !isWhole(reading)); turn++) {
    await setImmediate()
    throwFault(reading)
  }
  if (!isWhole(reading)) refuse('BAD_REQUEST')
}

function isWhole({ parts }: Reading): boolean {
  return parts.every(({ hasEnded }) => hasEnded)
}

function throwFault({ fault }: Reading): void {
  if (fault !== undefined) throw fault
}

function addPart({ parts }: Reading, part: Part): void {
  if (parts.length >= MOST_PARTS) refuse('BAD_REQUEST')
  parts.push(part)
}

function readHeader({ terms, parts }: Reading, part: Part, raw: object): void {
  const header = raw as Readonly<Record<string, readonly string[]>>
  const lines = Object.values(header).flat()
  const bytes = [...Object.keys(header), ...lines].reduce((sum, { length }) => sum + length, 0)
  if (lines.length >= MOST_HEADERS || bytes > HEADER_BYTES) refuse('BAD_REQUEST')
  const only = (name: string, fallback: string) => {
    const [first = fallback, ...more] = header[name] ?? []
    if (more.length > 0) refuse('BAD_REQUEST')
    return first
  }
  part.disposition = readDisposition(only('content-disposition', ''))
  part.declaredType = only('content-type', 'text/plain')
  const coding = only('content-transfer-encoding', 'binary').toLowerCase()
  if (!UNCODED.includes(coding) || !TYPE.test(part.declaredType)) refuse('BAD_REQUEST')
  if (isFile(part) && part.disposition.field !== terms.field) refuse('BAD_REQUEST')
  if (parts.filter(isSentFile).length > terms.most) refuse('TOO_MANY_FILES')
}

function takePiece(reading: Reading, part: Part, piece: Buffer): void {
  const { terms, parts } = reading
  part.length += piece.length
  if (!isFile(part)) {
    reading.fieldBytes += piece.length
    if (reading.fieldBytes > terms.fieldBytes) refuse('TOO_LARGE')
    part.pieces.push(piece)
    return
  }
  if (part.length > FILE_BYTES) refuse('TOO_LARGE')
  if (parts.filter(isSentFile).length > terms.most) refuse('TOO_MANY_FILES')
  if (terms.keepFiles) part.pieces.push(piece)
}

function isFile({ disposition }: Part): boolean {
  return disposition?.fileName !== undefined
}

/** Where nobody chose a file, browsers send one without name and bytes. */
function isSentFile(part: Part): boolean {
  return isFile(part) && (part.disposition?.fileName !== '' || part.length > 0)
}

function uploadOf({ parts, terms }: Reading): Upload {
  const sent = terms.keepFiles ? parts.filter(isSentFile) : []
  const files = sent.map(({ disposition, declaredType, pieces }) => ({
    field: disposition?.field ?? '',
    name: disposition?.fileName ?? '',
    declaredType,
    bytes: Buffer.concat(pieces),
  }))
  return { form: formOf(parts.filter((part) => !isFile(part))), files }
}

/** The fields as a form without files would bring them, under the same rules. */
function formOf(parts: readonly Part[]): URLSearchParams {
  const form = new URLSearchParams()
  for (const { disposition, pieces } of parts) {
    if (disposition === undefined) throw new DomainError('BAD_REQUEST')
    form.append(disposition.field, decodeUtf8(Buffer.concat(pieces)))
  }
  return cleanPairs(form)
}

function refuse(code: ErrorCode): never {
  throw new DomainError(code)
}
