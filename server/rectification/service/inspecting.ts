import { inspectFile, type SentFile } from '../../platform/files/inspect.js'
import { ok, refuse, type Result } from '../../platform/kernel/result.js'
import type { FieldError } from '../../platform/kernel/inputs.js'
import type { Evidence } from '../evidence.js'

/** Looks at files before anybody opens them: all may be kept, or none is, with what is wrong. */
export function inspectAll(
  files: readonly SentFile[],
  field: string,
): Result<readonly Evidence[], readonly FieldError[]> {
  if (files.length === 0) return refuse([problem(field, 'EMPTY')])
  const verdicts = files.map((file) => ({ name: file.name, verdict: inspectFile(file) }))
  const faults = new Set(verdicts.flatMap(({ verdict }) => (verdict.ok ? [] : [verdict.code])))
  if (faults.size > 0) return refuse([...faults].map((code) => problem(field, code)))
  return ok(
    verdicts.flatMap(({ name, verdict }) =>
      verdict.ok ? [{ name, type: verdict.file.type, bytes: verdict.file.bytes }] : [],
    ),
  )
}

/** What is wrong with a file, as the form says it. */
export function problem(field: string, code: string): FieldError {
  return { field, key: `rectification:fileProblem.${code}` }
}
