import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs'

/** The newest public checkpoint, kept where no restore of the database reaches it. */
export interface OutsideCheckpoint {
  /** The kept note, or nothing before the first one. */
  read(): string | undefined
  keep(note: string): void
}

/** Keeps it in one file, written whole or not at all. */
export function outsideFile(path: string): OutsideCheckpoint {
  return {
    read: () => (existsSync(path) ? readFileSync(path, 'utf8') : undefined),
    keep: (note) => {
      const draft = `${path}.new`
      const file = openSync(draft, 'w', 0o600)
      writeSync(file, note)
      fsyncSync(file)
      closeSync(file)
      renameSync(draft, path)
    },
  }
}
