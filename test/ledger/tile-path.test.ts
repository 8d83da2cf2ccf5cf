import { encodeTileIndex, formatTilePath, parseTilePath } from '../../server/ledger/tile-path.js'
import { tilesOf, tileWidth } from '../../server/ledger/tile-shape.js'
import fc from 'fast-check'

test('writes a tile number as the specification does', () => {
  expect(encodeTileIndex(1234067)).toBe('x001/x234/067')
  expect(encodeTileIndex(0)).toBe('000')
  expect(encodeTileIndex(999)).toBe('999')
  expect(encodeTileIndex(1000)).toBe('x001/000')
})

test('marks partial tiles by their width and full ones not at all', () => {
  expect(formatTilePath({ level: 0, idx: 1234067, width: 256 })).toBe('tile/0/x001/x234/067')
  expect(formatTilePath({ level: 2, idx: 0, width: 1 })).toBe('tile/2/000.p/1')
  expect(formatTilePath({ level: 'entries', idx: 5, width: 255 })).toBe('tile/entries/005.p/255')
})

test('reads back every address that it writes', () => {
  const address = fc.record({
    level: fc.oneof(fc.integer({ min: 0, max: 63 }), fc.constant('entries' as const)),
    idx: fc.maxSafeNat(),
    width: fc.integer({ min: 1, max: 256 }),
  })
  fc.assert(
    fc.property(address, (tile) => {
      expect(parseTilePath(formatTilePath(tile))).toEqual(tile)
    }),
  )
})

test.each([
  'tile/0/67',
  'tile/0/0067',
  'tile/00/067',
  'tile/64/067',
  'tile/-1/067',
  'tile/0/x000/067',
  'tile/0/001/067',
  'tile/0/x001/x067',
  'tile/0/067.p/0',
  'tile/0/067.p/256',
  'tile/0/067.p/999',
  'tile/0/067.p/08',
  'tile/0/067.p/',
  'tile/0/067/',
  'tile/data/067',
  'tile/entries/x001',
  '/tile/0/067',
  'tile/0/067\n',
  'tile/0/x999/x999/x999/x999/x999/x999/x999/999',
  '',
])('knows no tile at %j', (path) => {
  expect(parseTilePath(path)).toBeUndefined()
})

test('a tree of 70,000 has the tiles that the specification counts', () => {
  const tiles = [...tilesOf(70_000)]
  const full = (level: number) => tiles.filter((t) => t.level === level && t.width === 256).length
  const partial = tiles.filter(({ width }) => width < 256)
  expect([full(0), full(1), full(2)]).toEqual([273, 1, 0])
  expect(partial).toEqual([
    { level: 0, idx: 273, width: 112 },
    { level: 1, idx: 1, width: 17 },
    { level: 2, idx: 0, width: 1 },
  ])
})

test('a tree of 256 has one full tile and above it one of width 1', () => {
  expect([...tilesOf(256)]).toEqual([
    { level: 0, idx: 0, width: 256 },
    { level: 1, idx: 0, width: 1 },
  ])
  expect([...tilesOf(0)]).toEqual([])
})

test('tells the width of a tile at any size, older ones too', () => {
  expect(tileWidth(70_000, 0, 272)).toBe(256)
  expect(tileWidth(70_000, 0, 273)).toBe(112)
  expect(tileWidth(70_000, 0, 274)).toBe(0)
  expect(tileWidth(69_900, 0, 273)).toBe(12)
  expect(tileWidth(70_000, 3, 0)).toBe(0)
})
