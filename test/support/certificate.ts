import { generateKeyPairSync, sign } from 'node:crypto'

/** A key and a certificate that vouches for itself, both as PEM. */
export interface Certificate {
  readonly key: string
  readonly cert: string
}

const YEAR = 365 * 86_400_000

/** A P-256 certificate (RFC 5280) for names and IPv4 addresses, made without any program of the machine. */
export function certificateFor(
  names: readonly string[],
  { until = new Date(Date.now() + YEAR) }: { until?: Date } = {},
): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const algorithm = sequence(oid('2a8648ce3d040302'))
  const name = sequence(tag(0x31, sequence(oid('550403'), tag(0x0c, Buffer.from('Mirat test')))))
  const body = sequence(
    tag(0xa0, tag(0x02, Buffer.from([2]))),
    tag(0x02, Buffer.from([1])),
    algorithm,
    name,
    sequence(time(new Date(until.getTime() - 2 * YEAR)), time(until)),
    name,
    publicKey.export({ format: 'der', type: 'spki' }),
    tag(0xa3, sequence(sequence(oid('551d11'), tag(0x04, sequence(...names.map(alternative)))))),
  )
  const signature = sign('sha256', body, privateKey)
  const whole = sequence(body, algorithm, tag(0x03, Buffer.concat([Buffer.from([0]), signature])))
  const lines = (whole.toString('base64').match(/.{1,64}/g) ?? []).join('\n')
  return {
    key: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
  }
}

function alternative(name: string): Buffer {
  const bytes = name.split('.').map(Number)
  return bytes.some(Number.isNaN) ? tag(0x82, Buffer.from(name)) : tag(0x87, Buffer.from(bytes))
}

function time(instant: Date): Buffer {
  const text = `${instant.toISOString().replace(/[-:T]/g, '').slice(2, 14)}Z`
  return tag(0x17, Buffer.from(text))
}

function oid(hex: string): Buffer {
  return tag(0x06, Buffer.from(hex, 'hex'))
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return tag(0x30, Buffer.concat(parts))
}

function tag(type: number, content: Buffer): Buffer {
  const { length } = content
  const size =
    length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from([type, ...size]), content])
}
