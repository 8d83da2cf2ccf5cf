import { createOutbound } from '../../server/platform/http/outbound.js'

// A program of its own: jest hands its tests a copy of the environment, which Node.js itself never reads.
const call = createOutbound({
  allowed: ['127.0.0.1'],
  plainLoopback: false,
  resolve: () => Promise.resolve(['127.0.0.1']),
  deadlineMs: 3_000,
  ca: process.argv[3] ?? '',
})
process.stdout.write(JSON.stringify(await call({ url: process.argv[2] ?? '' })))
