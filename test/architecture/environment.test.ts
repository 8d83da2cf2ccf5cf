import { pathToFileURL } from 'node:url'
import { join } from 'node:path'
import {
  COMPOSE,
  composeFaults,
  CONFIG,
  EXAMPLE,
  exampleFaults,
  IMAGE,
  unlistedReads,
} from './support/environment.js'
import { house, ROOT, treeOf } from './support/tree.js'

/** The variables that config.ts lists; none before it exists. */
async function listedVariables(): Promise<string[]> {
  if (!house.has(CONFIG)) return []
  const config: unknown = await import(pathToFileURL(join(ROOT, CONFIG)).href)
  const { VARIABLES } = config as { VARIABLES?: readonly { name: string }[] }
  if (VARIABLES === undefined) throw new Error(`${CONFIG} must export VARIABLES: { name, ... }[]`)
  return VARIABLES.map(({ name }) => name)
}

describe('the house', () => {
  it('shows in .env.example exactly the variables that config.ts reads', async () => {
    const example = house.has(EXAMPLE) ? house.read(EXAMPLE) : ''
    expect(exampleFaults(example, await listedVariables())).toEqual([])
  })

  it('hands in compose.yaml every variable to the portal that the image does not fix', async () => {
    const files = { compose: house.read(COMPOSE), image: house.read(IMAGE) }
    expect(composeFaults(files, await listedVariables())).toEqual([])
  })

  it('reads no variable that config.ts does not list', async () => {
    expect(unlistedReads(house, await listedVariables())).toEqual([])
  })
})

describe('a planted difference', () => {
  const example = '# Where the server listens.\nPORT=3000\n# DATA_DIR=.data\n'

  it('is none where a default is shown behind a hash', () => {
    expect(exampleFaults(example, ['PORT', 'DATA_DIR'])).toEqual([])
  })

  it('is found on either side, and a name must not stand there twice', () => {
    expect(exampleFaults(example, ['PORT', 'DATA_DIR', 'HOST'])).toEqual([
      expect.stringContaining('lacks HOST'),
    ])
    expect(exampleFaults(example, ['PORT'])).toEqual([expect.stringContaining('names DATA_DIR')])
    expect(exampleFaults(`${example}PORT=1\n`, ['PORT', 'DATA_DIR'])).toEqual([
      expect.stringContaining('PORT twice'),
    ])
  })

  it('is found where compose.yaml forgets a variable, or hands over a foreign one', () => {
    const image = 'FROM node\nENV PORT=3000 HOST=0.0.0.0\n'
    const compose =
      'services:\n  database:\n      POSTGRES_DB: x\n  portal:\n      CLAMD: ${CLAMD:-}\n      HOST: x\n'
    expect(composeFaults({ compose, image }, ['PORT', 'HOST', 'CLAMD', 'DEMO'])).toEqual([
      expect.stringContaining('HOST, which'),
    ])
    expect(composeFaults({ compose, image }, ['PORT', 'HOST', 'CLAMD', 'SMTP_URL'])).toEqual([
      expect.stringContaining('SMTP_URL'),
      expect.stringContaining('HOST, which'),
    ])
  })

  it('is found where a tool reads a variable of its own', () => {
    const tree = treeOf({ 'server/tools/send.ts': 'export const url = process.env.SEND_URL' })
    expect(unlistedReads(tree, ['PORT'])).toEqual([expect.stringContaining('reads SEND_URL')])
    expect(unlistedReads(tree, ['SEND_URL'])).toEqual([])
  })
})
