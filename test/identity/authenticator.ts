import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'

/** An authenticator in software: what a phone would answer, honest or not. */
export interface Authenticator {
  /** Base64url. */
  readonly id: string
  create(options: Options, lies?: Lies): string
  get(options: Options, lies?: Lies): string
}

/** What a page asks of it. */
export interface Options {
  readonly challenge: string
}

/** Where an answer departs from an honest one. */
export interface Lies {
  readonly origin?: string
  readonly rpId?: string
  readonly type?: string
  readonly userVerified?: boolean
  readonly counter?: number
  readonly challenge?: string
  readonly crossOrigin?: boolean
  /** Signs with another key. */
  readonly key?: KeyObject
}

/** An authenticator with one ES256 key, for one origin. */
export function authenticator(origin: string): Authenticator {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const id = randomBytes(32)
  let counter = 0
  const clientData = (type: string, { challenge }: Options, lies: Lies) =>
    Buffer.from(
      JSON.stringify({
        type: lies.type ?? type,
        challenge: lies.challenge ?? challenge,
        origin: lies.origin ?? origin,
        crossOrigin: lies.crossOrigin ?? false,
      }),
    )
  const head = (flags: number, lies: Lies) => {
    counter += 1
    const rpId = lies.rpId ?? new URL(origin).hostname
    const verified = lies.userVerified === false ? 0 : 0x04
    return Buffer.concat([
      sha256(rpId),
      Buffer.from([flags | 0x01 | verified]),
      u32(lies.counter ?? counter),
    ])
  }
  const answer = (response: object) =>
    JSON.stringify({
      id: id.toString('base64url'),
      rawId: id.toString('base64url'),
      type: 'public-key',
      clientExtensionResults: {},
      response,
    })
  return {
    id: id.toString('base64url'),
    create: (options, lies = {}) => {
      const length = Buffer.from([0, id.length])
      const data = Buffer.concat([head(0x40, lies), Buffer.alloc(16), length, id, cose(publicKey)])
      const attestation = Buffer.concat([
        Buffer.from([0xa3]),
        text('fmt'),
        text('none'),
        text('attStmt'),
        Buffer.from([0xa0]),
        text('authData'),
        bytes(data),
      ])
      return answer({
        clientDataJSON: clientData('webauthn.create', options, lies).toString('base64url'),
        attestationObject: attestation.toString('base64url'),
        transports: ['internal'],
      })
    },
    get: (options, lies = {}) => {
      const client = clientData('webauthn.get', options, lies)
      const data = head(0, lies)
      const signed = Buffer.concat([data, createHash('sha256').update(client).digest()])
      return answer({
        clientDataJSON: client.toString('base64url'),
        authenticatorData: data.toString('base64url'),
        signature: sign('sha256', signed, lies.key ?? privateKey).toString('base64url'),
      })
    },
  }
}

/** The public key as COSE (RFC 9053 section 7.1). */
function cose(key: KeyObject): Buffer {
  const { x = '', y = '' } = key.export({ format: 'jwk' })
  return Buffer.concat([
    Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21]),
    bytes(Buffer.from(x, 'base64url')),
    Buffer.from([0x22]),
    bytes(Buffer.from(y, 'base64url')),
  ])
}

/** CBOR strings (RFC 8949 section 3.1), as long as they occur here. */
function text(value: string): Buffer {
  return Buffer.concat([Buffer.from([0x60 + value.length]), Buffer.from(value)])
}

function bytes(value: Buffer): Buffer {
  const size =
    value.length < 256 ? [0x58, value.length] : [0x59, value.length >> 8, value.length & 0xff]
  return Buffer.concat([Buffer.from(size), value])
}

function u32(value: number): Buffer {
  const out = Buffer.alloc(4)
  out.writeUInt32BE(value)
  return out
}

function sha256(value: string): Buffer {
  return createHash('sha256').update(value).digest()
}
