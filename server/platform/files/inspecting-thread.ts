// The program of the threads that look at files: one verdict for each file, in the order of their coming.
import { parentPort } from 'node:worker_threads'
import { inspectFile, type SentFile } from './inspect.js'

parentPort?.on('message', (file: SentFile) => {
  const { buffer, byteOffset, byteLength } = file.bytes
  const bytes = Buffer.from(buffer, byteOffset, byteLength)
  parentPort?.postMessage(inspectFile({ ...file, bytes }))
})
