/** Where progress is shown: a bar on a terminal, a plain line now and then elsewhere. */
export interface Show {
  progress(events: number, bytes: number): void
  note(sentence: string): void
  /** Ends the bar, so that what follows begins a line. */
  end(): void
}

/** What showing needs; `total` is the size of the input in bytes, where it is known. */
export interface ShowParts {
  readonly out: { write(text: string): void; readonly isTTY?: boolean }
  readonly total: number | undefined
  readonly now: () => number
}

const WIDTH = 30
const EVERY_MS = 5_000

/** Makes the display of one run. */
export function createShow(parts: ShowParts): Show {
  return parts.out.isTTY === true ? bar(parts) : plain(parts)
}

function bar({ out, total }: ShowParts): Show {
  let shown = false
  const clear = () => {
    if (shown) out.write('\r\u001b[K')
    shown = false
  }
  return {
    progress: (events, bytes) => {
      const share = total === undefined ? undefined : Math.min(1, bytes / Math.max(total, 1))
      const filled = Math.round((share ?? 0) * WIDTH)
      const drawn = `[${'#'.repeat(filled)}${'-'.repeat(WIDTH - filled)}] ${percent(share)}  `
      out.write(`\r\u001b[K${share === undefined ? '' : drawn}${events} events`)
      shown = true
    },
    note: (sentence) => {
      clear()
      out.write(`${sentence}\n`)
    },
    end: () => {
      if (shown) out.write('\n')
      shown = false
    },
  }
}

function plain({ out, total, now }: ShowParts): Show {
  let last = now()
  return {
    progress: (events, bytes) => {
      if (now() - last < EVERY_MS) return
      last = now()
      const share = total === undefined ? undefined : Math.min(1, bytes / Math.max(total, 1))
      out.write(`${events} events delivered${share === undefined ? '' : ` (${percent(share)})`}\n`)
    },
    note: (sentence) => out.write(`${sentence}\n`),
    end: () => undefined,
  }
}

function percent(share: number | undefined): string {
  return share === undefined ? '' : `${Math.floor(share * 100)} %`
}
