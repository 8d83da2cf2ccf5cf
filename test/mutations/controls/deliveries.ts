import type { Control } from '../control.js'

const SIGNED = 'server/ingestion/forms/signed.ts'
const FORMS = 'server/ingestion/forms.ts'
const RULES = 'server/ingestion/rules.ts'
const RECEIVE = 'server/ingestion/service/receive.ts'
const REFUSALS = 'test/ingestion/refusals.test.ts'
const BATCHES = 'test/ingestion/batches.test.ts'
const DISPUTED = 'test/ingestion/disputed.test.ts'

/** What a program must prove before anything that it says is recorded. */
export const DELIVERIES: readonly Control[] = [
  {
    id: 'delivery-signature',
    prevents: 'Anybody on the network writes accesses into the log.',
    edits: [
      {
        file: SIGNED,
        find: 'await compactVerify(envelope.jws, key, { algorithms: [alg] })',
        replace: 'void [compactVerify, key]',
      },
    ],
    killedBy: { file: REFUSALS, test: 'is refused under the key of somebody else' },
  },
  {
    id: 'delivery-type',
    prevents: 'A token that was made for reading is used for writing.',
    edits: [
      {
        file: SIGNED,
        find: "return typ === expectedType ? ok({ alg: known, kid }) : refuse({ code: 'bad_type' })",
        replace: 'return typ ? ok({ alg: known, kid }) : ok({ alg: known, kid })',
      },
    ],
    killedBy: { file: REFUSALS, test: 'is refused with typ' },
  },
  {
    id: 'delivery-header',
    prevents: 'A header names a key of its own, or rules that a library obeys.',
    edits: [
      {
        file: SIGNED,
        find: 'const protectedHeader = z.strictObject(',
        replace: 'const protectedHeader = z.object(',
      },
    ],
    killedBy: { file: REFUSALS, test: 'in its header' },
  },
  {
    id: 'delivery-audience',
    prevents: 'What was signed for another portal as well is taken here.',
    edits: [
      {
        file: SIGNED,
        find: 'if (aud !== expected.origin) return',
        replace: 'if (![aud].flat().includes(expected.origin)) return',
      },
      { file: SIGNED, find: 'aud: z.string(),', replace: 'aud: z.unknown(),' },
    ],
    killedBy: { file: REFUSALS, test: 'as its audience' },
  },
  {
    id: 'delivery-life',
    prevents: 'A request that was signed to live for ten years is replayed in nine.',
    edits: [{ file: RULES, find: ' && exp - iat <= ASSERTION_SECONDS', replace: '' }],
    killedBy: { file: REFUSALS, test: 'a life of ten years' },
  },
  {
    id: 'delivery-time',
    prevents: 'A request that was overheard last week is sent again.',
    edits: [
      {
        file: RULES,
        find: 'return isShort && iat <= seconds + CLOCK_TOLERANCE && exp > seconds - CLOCK_TOLERANCE',
        replace: 'return isShort && seconds > 0',
      },
    ],
    killedBy: { file: REFUSALS, test: 'an end in the past' },
  },
  {
    id: 'delivery-spelling',
    prevents: 'The same signed request has many spellings, each of which looks new.',
    edits: [
      {
        file: SIGNED,
        find: "return bytes.toString('base64url') === text ? bytes : undefined",
        replace: 'return bytes',
      },
    ],
    killedBy: { file: REFUSALS, test: 'is refused:' },
  },
  {
    id: 'delivery-replay',
    prevents: 'One id stands for two different requests, and evidence is disputed.',
    edits: [
      {
        file: RECEIVE,
        find: 'if (seenPayload && !seenPayload',
        replace: 'if (false && !seenPayload',
      },
      { file: RECEIVE, find: 'if (!isFirstUse) return', replace: 'if (false) return' },
    ],
    killedBy: { file: REFUSALS, test: 'is refused when its id came before with other content' },
  },
  {
    id: 'delivery-replay-race',
    prevents: 'Two requests at the same instant use one id, because neither sees the other.',
    edits: [{ file: RECEIVE, find: 'if (!isFirstUse) return', replace: 'if (false) return' }],
    killedBy: { file: 'test/ingestion/faults.test.ts', test: 'cannot both use one request id' },
  },
  {
    id: 'delivery-sequence',
    prevents: 'An authority leaves out events, and nobody notices the gap.',
    edits: [
      {
        file: RULES,
        find: 'if (firstSeq === lastSeq + 1) return',
        replace: 'if (lastSeq >= 0) return',
      },
    ],
    killedBy: { file: BATCHES, test: 'are refused with the number that is expected' },
  },
  {
    id: 'delivery-own-stream',
    prevents: 'An authority delivers in the name of another one.',
    edits: [
      {
        file: RULES,
        find: 'claim.authority?.id === stream.authority && claim.streams.every((name) => name === stream.name)',
        replace: 'stream.name !== claim.streams.join()',
      },
    ],
    killedBy: {
      file: REFUSALS,
      test: 'is refused when the claim names another stream or issuer than the key',
    },
  },
  {
    id: 'delivery-key-period',
    prevents: 'A key that was withdrawn goes on signing.',
    edits: [
      {
        file: 'server/ingestion/store.ts',
        find: ", is('key.valid_until', '>', at)]",
        replace: ", is('key.valid_until', 'is not', null)]",
      },
    ],
    killedBy: { file: REFUSALS, test: 'counts from its beginning to its end' },
  },
  {
    id: 'delivery-size',
    prevents: 'One authority fills the memory of the portal with one request.',
    edits: [
      {
        file: FORMS,
        find: 'LARGEST_BODY = 1024 * 1024',
        replace: 'LARGEST_BODY = 64 * 1024 * 1024',
      },
    ],
    killedBy: { file: BATCHES, test: 'is refused beyond 1 MiB' },
  },
  {
    id: 'delivery-pace',
    prevents: 'One noisy authority leaves no room for the others.',
    edits: [
      { file: RECEIVE, find: 'if (tooFast) return refuse(tooFast)', replace: 'void tooFast' },
    ],
    killedBy: { file: BATCHES, test: 'is told when to come again, and slows down itself alone' },
  },
  {
    id: 'delivery-evidence',
    prevents: 'Whoever reads the table of batches reads register numbers in the clear.',
    edits: [
      {
        file: RECEIVE,
        find: 'seal(kitchen.evidenceKey, Buffer.from(batch.jws), sealing)',
        replace: 'Buffer.from(batch.jws, sealing ? undefined : seal.name)',
      },
    ],
    killedBy: { file: BATCHES, test: 'keeps what was signed, but not in the clear' },
  },
  {
    id: 'read-binding',
    prevents: 'A token for one address reads another one.',
    edits: [
      { file: FORMS, find: 'if (!isBound) return', replace: 'if (!isBound && false) return' },
    ],
    killedBy: { file: 'test/ingestion/reads.test.ts', test: 'refuses a token for' },
  },
  {
    id: 'delivery-disputed',
    prevents: 'An office works with data that its person contests, and nobody told it.',
    edits: [
      {
        file: 'server/ingestion/disputes.ts',
        find: "new Set(['query', 'transmit'])",
        replace: 'new Set([])',
      },
    ],
    killedBy: { file: DISPUTED, test: 'is told so when it delivers a' },
  },
  {
    id: 'delivery-disputed-numbers',
    prevents: 'An office that knows a person by another number is not told what they contest.',
    edits: [
      {
        file: 'migrations/0041_rectification_several_fields.ts',
        find: 'join rectification.request r on r.subject = known.other',
        replace: 'join rectification.request r on r.subject = known.subject',
      },
    ],
    killedBy: { file: DISPUTED, test: 'is told under whichever number it knows the person by' },
  },
]
