import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { verifyConsistency, verifyInclusion } from '../../server/ledger/merkle.js'

const folder = join(import.meta.dirname, 'vectors/rfc6962')

interface Vector {
  readonly file: string
  /** The number under a key, read as text: 2^64 - 1 would lose precision as a JSON number. */
  count(key: string): bigint
  bytes(key: string): Buffer
  readonly proof: readonly Buffer[]
  readonly wantErr: boolean
}

function vectorsOf(kind: 'inclusion' | 'consistency'): Vector[] {
  const files = readdirSync(join(folder, kind), { recursive: true, encoding: 'utf8' })
  return files.filter((file) => file.endsWith('.json')).map((file) => readVector(kind, file))
}

function readVector(kind: string, file: string): Vector {
  const text = readFileSync(join(folder, kind, file), 'utf8')
  const json = JSON.parse(text) as Record<string, unknown>
  return {
    file,
    count: (key) => BigInt(new RegExp(`"${key}": (\\d+)`).exec(text)?.[1] ?? 'missing'),
    bytes: (key) => Buffer.from((json[key] ?? '') as string, 'base64'),
    proof: ((json.proof ?? []) as string[]).map((hash) => Buffer.from(hash, 'base64')),
    wantErr: json.wantErr as boolean,
  }
}

const inclusion = vectorsOf('inclusion')
const consistency = vectorsOf('consistency')

test('all 196 published vectors are there, good and bad ones', () => {
  expect([inclusion.length, consistency.length]).toEqual([98, 98])
  const good = [...inclusion, ...consistency].filter(({ wantErr }) => !wantErr)
  expect(good.length).toBeGreaterThan(10)
  expect(good.length).toBeLessThan(100)
})

test('a leaf index of 2^64 - 1 is read exactly', () => {
  expect(inclusion.some((vector) => vector.count('leafIdx') === 2n ** 64n - 1n)).toBe(true)
})

test.each(inclusion)('answers the inclusion vector $file as its authors do', (vector) => {
  const holds = verifyInclusion({
    index: vector.count('leafIdx'),
    size: vector.count('treeSize'),
    leafHash: vector.bytes('leafHash'),
    proof: vector.proof,
    root: vector.bytes('root'),
  })
  expect(holds).toBe(!vector.wantErr)
})

test.each(consistency)('answers the consistency vector $file as its authors do', (vector) => {
  const holds = verifyConsistency({
    size1: vector.count('size1'),
    size2: vector.count('size2'),
    root1: vector.bytes('root1'),
    root2: vector.bytes('root2'),
    proof: vector.proof,
  })
  expect(holds).toBe(!vector.wantErr)
})
