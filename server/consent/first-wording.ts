import type { ConsentKind } from '../catalogue/index.js'
import type { Content, Wording } from './template.js'

/** Kinds of authority that decide on benefits of the people whom they ask: a choice there is not free by itself. */
const DECIDES_ON_BENEFITS: readonly string[] = [
  'jobcenter',
  'sozialamt',
  'asylblg',
  'ba',
  'familienkasse',
  'elterngeldstelle',
  'jugendamt',
  'rentenversicherung',
  'staatsangehoerigkeit',
  'abh',
  'bamf',
]

/** The draft with which a controller begins: the words of the catalogue, English among them unreviewed. */
export function firstContent(kind: ConsentKind): Content {
  const { de, en } = kind.wordings
  const first = (words: typeof de, reviewed: boolean): Wording => ({
    ...words,
    parts: {},
    reviewed,
  })
  return {
    code: kind.code,
    purpose: kind.purpose,
    legalBasis: kind.legalBasis,
    fields: kind.fields,
    recipients: kind.recipients,
    duration: kind.duration,
    statutory: kind.statutory,
    explicit: kind.explicit,
    minAge: kind.minAge,
    decidesOnBenefit: DECIDES_ON_BENEFITS.includes(kind.controller),
    parts: [],
    wordings: { de: first(de, true), en: first(en, false) },
  }
}
