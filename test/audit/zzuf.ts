import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fc from 'fast-check'
import { isInstalled } from './scans/program.js'
import type { Malformed } from './requests.js'
import { STAFF_AND_RESIDENTS, type Shape } from './shapes.js'

/** Bits that zzuf turns over, of each a thousand: few enough that most requests still get past the parser. */
const RATIO = '0.001:0.02'

const VALUES = ['de', 'en', '1', '0', 'i.pf.abh', 'azr.family_name', 'check', 'kind', 'K7QJ2M4N']
const FIELDS = ['field', 'kind', 'latin', 'evidence', 'restrict', 'version', 'office', 'reason']

/** Whether zzuf is here; where it is not, the requests that fast-check draws stand alone. */
export function hasZzuf(): boolean {
  return isInstalled('zzuf')
}

/** Requests as a browser writes them, to be spoiled afterwards. */
export function wellFormed(shapes: readonly Shape[]): fc.Arbitrary<Malformed> {
  const value = fc.oneof(fc.constantFrom(...VALUES), fc.uuid(), fc.nat().map(String))
  return fc
    .record({
      who: fc.nat({ max: STAFF_AND_RESIDENTS.length }),
      shape: fc.constantFrom(...shapes),
      values: fc.array(value, { minLength: 4, maxLength: 4 }),
      pairs: fc.array(fc.tuple(fc.constantFrom(...FIELDS), value), { maxLength: 5 }),
    })
    .map(({ who, shape, values, pairs }) => {
      const { method = 'get' } = shape
      const form = new URLSearchParams(pairs).toString()
      const query = method === 'get' && form !== '' ? `?${form}` : ''
      const path = filled(shape.path, values)
      const lines = [
        `${method.toUpperCase()} ${path}${query} HTTP/1.1`,
        ...['Host: localhost', 'Connection: close', 'Sec-Fetch-Site: same-origin'],
        ...['Accept: text/html', 'Accept-Language: ar,de;q=0.5', 'Accept-Encoding: br, gzip'],
      ]
      if (method === 'post') {
        lines.push('Content-Type: application/x-www-form-urlencoded')
        lines.push(`Content-Length: ${form.length}`)
      }
      return { who, bytes: Buffer.from(`${lines.join('\r\n')}\r\n\r\n${query === '' ? form : ''}`) }
    })
}

function filled(path: string, values: readonly string[]): string {
  let at = 0
  return path
    .replace('/:lang', '/de')
    .replaceAll(/[:*]\w+/g, () => encodeURIComponent(values[at++ % values.length] ?? ''))
}

/** Turns over bits of requests; each keeps its length, so that one run of zzuf serves for all of them. */
export async function spoiled(requests: readonly Malformed[], seed: number): Promise<Malformed[]> {
  const child = spawn('zzuf', ['-s', String(seed % 2 ** 31), '-r', RATIO], {
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const parts: Buffer[] = []
  child.stdout.on('data', (part: Buffer) => parts.push(part))
  child.stdin.end(Buffer.concat(requests.map(({ bytes }) => bytes)))
  const [code] = (await once(child, 'close')) as [number | null]
  const all = Buffer.concat(parts)
  const wanted = requests.reduce((sum, { bytes }) => sum + bytes.length, 0)
  if (code !== 0 || all.length !== wanted) {
    throw new Error(`zzuf ended with ${code} after ${all.length} of ${wanted} bytes`)
  }
  let from = 0
  return requests.map(({ who, bytes }) => {
    const to = from + bytes.length
    const taken = all.subarray(from, to)
    from = to
    return { who, bytes: taken }
  })
}
