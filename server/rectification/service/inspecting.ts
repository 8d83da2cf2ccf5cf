import type { SentFile } from '../../platform/files/inspect.js'
import type { Inspect } from '../../platform/files/inspection.js'
import type { FileFault } from '../../platform/files/verdict.js'
import { ok, refuse, type Result } from '../../platform/kernel/result.js'
import type { FieldError } from '../../platform/kernel/inputs.js'
import type { Evidence } from '../evidence.js'

export type { Inspect, SentFile }

/** What may be kept, or what is wrong with what was sent. */
export type Inspected = Result<readonly Evidence[], readonly FileFault[]>

/** Looks at files before anybody opens them, one after the other: all may be kept, or none is, with what is wrong. */
export async function inspectAll(inspect: Inspect, files: readonly SentFile[]): Promise<Inspected> {
  if (files.length === 0) return refuse(['EMPTY'])
  const kept: Evidence[] = []
  const faults = new Set<FileFault>()
  for (const file of files) {
    const verdict = await inspect(file)
    if (verdict.ok) {
      kept.push({ name: file.name, type: verdict.file.type, bytes: verdict.file.bytes })
    } else faults.add(verdict.code)
  }
  return faults.size > 0 ? refuse([...faults]) : ok(kept)
}

/** What is wrong with a file, as the form says it. */
export function problem(field: string, code: string): FieldError {
  return { field, key: `rectification:fileProblem.${code}` }
}
