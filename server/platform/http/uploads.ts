import type { Request, Response } from 'express'
import type { IncomingHttpHeaders } from 'node:http'
import { DomainError } from '../kernel/errors.js'
import { callerOf, type Caller } from './caller.js'
import { clientOf } from './client.js'
import { checkCsrf, checkOwnPage } from './csrf.js'
import { admit } from './guard.js'
import type { Hallway } from './mount.js'
import { readMultipart, UPLOAD_BYTES, type Upload, type UploadTerms } from './multipart.js'
import type { Principal, RouteSpec } from './route.js'

interface Wire {
  readonly request: Request
  readonly response: Response
}

const MULTIPART = /^multipart\/form-data\b/i
const uploads = new WeakMap<Request, Upload>()

/** Whether a request is a form with files, for a route that takes them. */
export function bringsFiles(
  { files }: Pick<RouteSpec, 'files'>,
  { headers }: { headers: IncomingHttpHeaders },
): boolean {
  return files !== undefined && MULTIPART.test(headers['content-type'] ?? '')
}

/** What a form with files brought, while it is worked on. */
export function uploadOf(request: Request): Upload | undefined {
  return uploads.get(request)
}

/**
 * Reads a form with files, and works on it. Asks first whatever can be asked without the body: where the
 * form comes from, how large it is, who sends it; then, with the first piece of the first file, the token
 * of the form, which therefore stands before the files. All of it is asked again when the form is there.
 */
export async function receiveUpload<Actor extends Principal>(
  hallway: Hallway<Actor>,
  route: RouteSpec<Actor>,
  { wire, work, limit }: { wire: Wire; work: () => Promise<void>; limit: number },
): Promise<void> {
  const { request } = wire
  const { headers } = request
  if (headers['content-encoding'] !== undefined) throw new DomainError('MEDIA_TYPE')
  checkOwnPage(headers, hallway.origin)
  if (Number(headers['content-length'] ?? 0) > UPLOAD_BYTES) throw new DomainError('TOO_LARGE')
  const caller = await hallway.gate.within(request.path, () => callerOf(hallway, wire))
  const isLate = !isAdmitted(hallway, route, caller)
  const { secret, open } = caller
  const terms: UploadTerms = {
    field: route.files?.field ?? '',
    most: route.files?.most ?? 0,
    fieldBytes: limit,
    keepFiles: !isLate,
    mayBring: (fields) => {
      const token = fields.get('csrf')
      if (!isLate) checkCsrf({ headers, token, secret: secret(), origin: hallway.origin })
    },
  }
  const receive = async () => {
    uploads.set(request, await readMultipart(request, terms))
    try {
      await work()
    } finally {
      uploads.delete(request)
    }
  }
  const sender = open?.id.toString('hex') ?? clientOf(request)
  await (isLate ? receive() : hallway.gate.receiving(sender, receive))
}

/** What came too late may still be kept for its person, without its files; else the refusal is thrown. */
function isAdmitted<Actor extends Principal>(
  { clock }: Hallway<Actor>,
  route: RouteSpec<Actor>,
  { token, actor }: Caller<Actor>,
): boolean {
  try {
    admit(route, actor, clock.now())
    return true
  } catch (refusal) {
    if (token === undefined || route.keeps === undefined) throw refusal
    return false
  }
}
