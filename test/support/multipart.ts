/** One part of a form as it goes over the wire. */
export interface SentPart {
  /** What follows `form-data; ` in its Content-Disposition. */
  readonly disposition: string
  readonly type?: string
  readonly body: Buffer | string
  /** Further header lines. */
  readonly more?: string
}

export const BOUNDARY = 'mirat-boundary'
export const MULTIPART = { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` }

/** A field with its value. */
export function fieldPart(name: string, value: string): SentPart {
  return { disposition: `name="${name}"`, body: value }
}

/** A file as browsers send it. */
export function filePart(field: string, name: string, body: Buffer | string): SentPart {
  return {
    disposition: `name="${field}"; filename="${name}"`,
    type: 'application/pdf',
    body,
  }
}

/** The parts without the end of the form. */
export function openMultipart(parts: readonly SentPart[]): Buffer {
  return Buffer.concat(
    parts.flatMap(({ disposition, type, body, more = '' }) => [
      Buffer.from(`--${BOUNDARY}\r\nContent-Disposition: form-data; ${disposition}\r\n`),
      Buffer.from(`${type === undefined ? '' : `Content-Type: ${type}\r\n`}${more}\r\n`),
      Buffer.from(body),
      Buffer.from('\r\n'),
    ]),
  )
}

/** The body of a form. */
export function multipart(parts: readonly SentPart[]): Buffer {
  return Buffer.concat([openMultipart(parts), Buffer.from(`--${BOUNDARY}--\r\n`)])
}
