import {
  fingerprint,
  germanTexts,
  sourceOf,
  STATUSES,
  stampsOf,
  textsOf,
  type Stamp,
} from '../../../server/tools/text-files.js'
import type { Tree } from './tree.js'

/**
 * Keys of texts with legal effect: consent and withdrawal, legal bases, rules, the consequences of a
 * refusal. When their German changes, the translation must follow before anything is shipped.
 */
export const LEGAL: readonly string[] = [
  'consent:',
  'blocks:',
  'rectification:remedies',
  'catalogue/consents:',
  'catalogue/legal-bases:',
  'catalogue/purposes:',
  'catalogue/rules:',
]

const RUN = 'run npm run texts -- <date>'

/** Translated texts without a stamp, with a stamp of another text, and stamps without a text. */
export function stampFaults(tree: Tree, tags: readonly string[]): string[] {
  return tags
    .filter((tag) => tag !== 'de')
    .flatMap((tag) => {
      const texts = textsOf(tree, tag)
      const stamps = stampsOf(tree, tag)
      const idle = Object.keys(stamps).filter((key) => !texts.has(key))
      return [
        ...[...texts].flatMap(([key, text]) =>
          stampFault(`locales/${tag} ${key}`, text, stamps[key]),
        ),
        ...idle.map((key) => `locales/${tag}/status.json stamps ${key}, which is no text: ${RUN}`),
      ]
    })
}

function stampFault(place: string, text: string, stamp: Stamp | undefined): string[] {
  if (stamp === undefined) return [`${place} has no stamp: ${RUN}`]
  const { status, source, date } = stamp
  const sound =
    STATUSES.includes(status) && /^[0-9a-f]{8}$/.test(source) && /^\d{4}-\d{2}-\d{2}$/.test(date)
  if (!sound) return [`${place} has a stamp that cannot be read: ${RUN}`]
  if (stamp.text === fingerprint(text)) return []
  return [`${place} was ${status} on ${date} and has changed since: ${RUN}`]
}

/** Texts with legal effect whose German has changed since they were translated. */
export function staleLegalTexts(tree: Tree, tags: readonly string[]): string[] {
  const german = germanTexts(tree)
  return tags
    .filter((tag) => tag !== 'de')
    .flatMap((tag) =>
      Object.entries(stampsOf(tree, tag))
        .filter(([key]) => LEGAL.some((prefix) => key.startsWith(prefix)))
        .filter(([key, { source }]) => source !== fingerprint(sourceOf(german, key) ?? ''))
        .map(
          ([key]) =>
            `locales/${tag} ${key} has legal effect and its German changed: translate it again, or vouch that it still fits`,
        ),
    )
}
