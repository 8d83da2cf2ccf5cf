// A sending process of its own, for the figures with several: joins the place in its first argument as
// the sender with the number in its second, gets ready for the tasks that it is sent, and runs each
// when it is told to go.
import { joinPlace } from './place.js'
import type { FromSender, ToSender } from './senders.js'
import { makeSides, type Step } from './sides.js'

const [dataDir = '', number = '1'] = process.argv.slice(2)
const place = await joinPlace(dataDir)
const sides = makeSides(place, Number(number))
let steps: readonly Step[] = []

async function run(): Promise<FromSender> {
  const indices: number[] = []
  const milliseconds: number[] = []
  for (const step of steps) {
    const start = performance.now()
    const placed = await step()
    milliseconds.push(performance.now() - start)
    for (const index of placed) indices.push(index)
  }
  return { kind: 'done', indices, milliseconds }
}

async function follow(message: ToSender): Promise<FromSender> {
  if (message.kind === 'go') return run()
  steps = await sides[message.side].ready(message.batches, message.size)
  return { kind: 'ready' }
}

process.on('message', (message: ToSender) => {
  void follow(message).then((answer) => process.send?.(answer))
})
process.once('disconnect', () => void place.close())
process.send?.({ kind: 'ready' } satisfies FromSender)
