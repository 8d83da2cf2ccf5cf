import type { ListedFile } from '../evidence.js'
import type { Pen } from './pen.js'

/** The part of the page of evidence on which files are handed in. */
export function uploadPart(
  { t, urls }: Pen,
  { draft, files, error }: { draft: string; files: readonly ListedFile[]; error: string },
): object {
  return {
    action: urls.to('rectification.add-files', { draft }),
    error,
    files: files.map(({ file, name, size, isWaiting }) => ({
      name,
      size: sizeOf(size),
      note: isWaiting ? t('rectification:files.waiting') : '',
      drop: urls.to('rectification.drop-file', { draft, file }),
    })),
  }
}

/** Files of a request, for the person or the office. */
export function fileLinks(
  { t }: Pen,
  files: readonly ListedFile[],
  hrefOf: (file: string) => string,
): readonly object[] {
  return files.map(({ file, name, size, isWaiting }) => ({
    href: hrefOf(file),
    name,
    size: sizeOf(size),
    note: isWaiting ? t('rectification:files.waiting') : '',
  }))
}

/** A size as people read it; digits and units stand in every language alike. */
function sizeOf(bytes: number): string {
  const kilo = Math.ceil(bytes / 1024)
  return kilo < 1024 ? `${kilo} kB` : `${(kilo / 1024).toFixed(1)} MB`
}
