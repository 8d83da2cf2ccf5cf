// A thread that does what it is told, by the name of the file that it is to look at.
import { parentPort } from 'node:worker_threads'

const deeds: Readonly<Record<string, () => unknown>> = {
  'answer.pdf': () => ({ ok: false, code: 'TYPE' }),
  'spin.pdf': () => {
    for (;;);
  },
  'eat.pdf': () => {
    const eaten: unknown[] = []
    for (;;) eaten.push([eaten.length])
  },
  'die.pdf': () => process.exit(1),
  'throw.pdf': () => {
    throw new Error('thrown in a thread')
  },
}

parentPort?.on('message', ({ name }: { name: string }) => {
  parentPort?.postMessage(deeds[name]?.())
})
