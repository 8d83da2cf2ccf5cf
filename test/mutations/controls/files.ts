import type { Control } from '../control.js'

const FILES = 'server/platform/files'
const HTTP = 'server/platform/http'
const PDF_TEST = 'test/platform/files/pdf.test.ts'
const PICTURES_TEST = 'test/platform/files/pictures.test.ts'
const HOSTILE_TEST = 'test/platform/files/hostile.test.ts'
const INSPECTION_TEST = 'test/platform/files/inspection.test.ts'
const UPLOADS_TEST = 'test/platform/uploads.test.ts'
const MULTIPART_TEST = 'test/platform/multipart.test.ts'

/** What files from outside may not bring, and what sending them may not cost. */
export const FILES_SENT: readonly Control[] = [
  {
    id: 'file-agreement',
    prevents: 'A file is kept under a type that its bytes are not.',
    edits: [
      {
        file: `${FILES}/inspect.ts`,
        find: 'if (!kind.names.test(name) || !kind.declared.includes(declared)) {',
        replace: 'if (false) {',
      },
    ],
    killedBy: {
      file: 'test/platform/files/inspect.test.ts',
      test: 'is refused where name or declared type say something else',
    },
  },
  {
    id: 'inspection-time',
    prevents: 'A file that was never looked at to its end is kept.',
    edits: [
      {
        file: `${FILES}/inspection.ts`,
        find: "if (outcome.kind === 'exceeded') return { ok: false, code: 'TOO_COMPLEX' }",
        replace: `if (outcome.kind === 'exceeded') {
        const { bytes } = file
        return { ok: true, file: { type: 'application/pdf', extension: 'pdf', bytes } }
      }`,
      },
    ],
    killedBy: { file: INSPECTION_TEST, test: 'is too complex where it takes more time' },
  },
  {
    id: 'inspection-busy',
    prevents: 'Files that wait to be looked at fill the memory of the portal.',
    edits: [
      {
        file: 'server/platform/threads.ts',
        find: 'if (isStopped || (isFull && waiting.length >= terms.waiting)) throw',
        replace: 'if (isStopped) throw',
      },
    ],
    killedBy: {
      file: 'test/platform/threads.test.ts',
      test: 'refuses at once what would wait behind too many',
    },
  },
  {
    id: 'file-polyglot',
    prevents: 'One file is a document for us and an archive for the next program.',
    edits: [
      {
        file: `${FILES}/inspect.ts`,
        find: "if (holdsArchive(bytes)) return { ok: false, code: 'POLYGLOT' }",
        replace: '',
      },
    ],
    killedBy: { file: 'test/platform/files/inspect.test.ts', test: 'is refused: ' },
  },
  {
    id: 'photograph-place',
    prevents: 'A photograph tells an office where somebody lives.',
    edits: [
      {
        file: `${FILES}/jpeg.ts`,
        find: 'if (code === APP2 && startsWith(data, ICC))',
        replace: 'if (code === APP1 || code === APP2)',
      },
    ],
    killedBy: { file: PICTURES_TEST, test: 'loses its place and its maker' },
  },
  {
    id: 'picture-pixels',
    prevents: 'A small picture of billions of pixels fills the memory of whoever opens it.',
    edits: [
      {
        file: `${FILES}/png.ts`,
        find: "return width * height > MOST_PIXELS ? 'PIXELS' : undefined",
        replace: 'return undefined',
      },
    ],
    killedBy: { file: PICTURES_TEST, test: 'of more than 40 million pixels is refused' },
  },
  {
    id: 'pdf-actions',
    prevents: 'A document runs a script or a program at the office that opens it.',
    edits: [
      {
        file: `${FILES}/pdf.ts`,
        find: 'return dangerIn(value, (target) => opened.push(target))',
        replace: 'return undefined',
      },
    ],
    killedBy: { file: PDF_TEST, test: 'actions of its own accord' },
  },
  {
    id: 'pdf-object-streams',
    prevents: 'A script hides in the packed part of a document.',
    edits: [
      {
        file: `${FILES}/pdf.ts`,
        find: 'if (stream === undefined) return undefined',
        replace: 'return undefined',
      },
    ],
    killedBy: { file: PDF_TEST, test: 'a script in packed objects' },
  },
  {
    id: 'pdf-opening',
    prevents: 'A document calls an address as soon as somebody opens it.',
    edits: [
      {
        file: `${FILES}/pdf.ts`,
        find: "return isHarmless ? undefined : 'PDF_ACTIVE'",
        replace: 'return isHarmless ? undefined : undefined',
      },
    ],
    killedBy: { file: PDF_TEST, test: 'that opens with ' },
  },
  {
    id: 'pdf-plain-streams',
    prevents: 'A document of thousands of plain streams holds up everybody else for a minute.',
    edits: [{ file: `${FILES}/pdf.ts`, find: 'stream.isPacked ?', replace: 'true ?' }],
    killedBy: { file: HOSTILE_TEST, test: 'of thousands of plain streams' },
  },
  {
    id: 'pdf-white-space',
    prevents: 'Ten megabytes of white space inside open lists hold up everybody else for seconds.',
    edits: [
      {
        file: `${FILES}/pdf-syntax.ts`,
        find: 'this.goTo(place)\n      if (this.bytes[place] !== PERCENT) return',
        replace: 'this.at = place\n      if (this.bytes[place] !== PERCENT) return',
      },
    ],
    killedBy: { file: HOSTILE_TEST, test: 'white space inside fifty lists' },
  },
  {
    id: 'pdf-unpacking',
    prevents: 'A small document unpacks to gigabytes and ends the portal.',
    edits: [
      {
        file: `${FILES}/pdf-stream.ts`,
        find: 'maxOutputLength: Math.max(most, 1), ',
        replace: '',
      },
    ],
    killedBy: {
      file: HOSTILE_TEST,
      test: 'of one stream unpacks no more than may still be unpacked',
    },
  },
  {
    id: 'scanner-doubt',
    prevents: 'A scanner that fails lets every file pass.',
    edits: [
      {
        file: `${FILES}/scanner.ts`,
        find: "return INFECTED.test(answer) ? 'infected' : 'unavailable'",
        replace: "return INFECTED.test(answer) ? 'infected' : 'clean'",
      },
    ],
    killedBy: {
      file: 'test/platform/files/scanner.test.ts',
      test: 'counts as ',
    },
  },
  {
    id: 'upload-csrf-first',
    prevents: 'Another site fills our memory through the browser of somebody signed in.',
    edits: [
      {
        file: `${HTTP}/uploads.ts`,
        find: 'if (!isLate) checkCsrf(',
        replace: 'if (false) checkCsrf(',
      },
    ],
    killedBy: { file: UPLOADS_TEST, test: 'is refused with the first piece of a file' },
  },
  {
    id: 'upload-admission-first',
    prevents: 'Whoever has no account makes the portal hold files.',
    edits: [
      {
        file: `${HTTP}/uploads.ts`,
        find: 'if (token === undefined || route.keeps === undefined) throw refusal',
        replace: '',
      },
    ],
    killedBy: { file: UPLOADS_TEST, test: 'is refused before its body is there: ' },
  },
  {
    id: 'upload-places',
    prevents: 'One person takes all places for files, or all memory.',
    edits: [
      {
        file: `${HTTP}/limits.ts`,
        find: 'return inLanes([all, { name: `uploads of ${sender}`, most: limits.sender }], work)',
        replace: 'return work()',
      },
    ],
    killedBy: { file: UPLOADS_TEST, test: 'are two for each sender and a few for all' },
  },
  {
    id: 'upload-file-size',
    prevents: 'One file is larger than what anybody looks at.',
    edits: [
      {
        file: `${HTTP}/multipart.ts`,
        find: "if (part.length > FILE_BYTES) refuse('TOO_LARGE')",
        replace: '',
      },
    ],
    killedBy: { file: MULTIPART_TEST, test: 'takes as many files, and as large ones' },
  },
  {
    id: 'upload-file-names',
    prevents: 'A name shows another kind of file than there is, or leads into another folder.',
    edits: [
      {
        file: `${HTTP}/disposition.ts`,
        find: "replace(HIDDEN, '')",
        replace: "replace('', '')",
      },
    ],
    killedBy: { file: MULTIPART_TEST, test: 'is made safe: ' },
  },
]
