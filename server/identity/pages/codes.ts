import type { Language } from '../../platform/http/languages.js'
import type { Translate } from '../../platform/http/texts.js'
import { groupedCode } from '../codes.js'
import { inputsOf, type Typed } from '../../platform/kernel/inputs.js'
import { HOUSINGS, SCHEMES, WAYS } from '../order.js'
import type { CodeSheet } from '../issuing.js'

/** The form with which an office issues a code; input is kept where it cannot be used. */
export function issuePage(
  t: Translate,
  { languages, ...typed }: Typed & { readonly languages: readonly Language[] },
): object {
  const { choice, input, problems } = inputsOf(t, typed, (name) => `identity:issue.${name}`)
  const named = (group: string, values: readonly string[]) =>
    values.map((value) => ({ value, text: t(`identity:issue.${group}.${value}`) }))
  return {
    title: t('identity:issue.title'),
    lead: t('identity:issue.lead'),
    problems,
    scheme: choice('scheme', named('schemes', SCHEMES)),
    number: input('number', { code: true }),
    way: choice('way', [{ value: '', text: t('identity:issue.choose') }, ...named('ways', WAYS)]),
    housing: choice('housing', [
      { value: '', text: t('identity:issue.choose') },
      ...named('housings', HOUSINGS),
    ]),
    year: input('year', {
      hint: t('identity:issue.yearHint'),
      inputmode: 'numeric',
      code: true,
    }),
    language: choice(
      'language',
      languages.map(({ tag, ownName }) => ({ value: tag, text: ownName, lang: tag })),
    ),
    recovery: {
      name: 'recovery',
      text: t('identity:issue.recovery'),
      hint: t('identity:issue.recoveryHint'),
      checked: typed.form.get('recovery') === 'yes',
    },
    submit: t('identity:issue.submit'),
  }
}

/** One half of a sheet: for whom it is written. */
export interface SheetReader {
  readonly language: Language
  readonly t: Translate
}

/** The sheet in German and in the language of its reader, side by side. */
export function sheetPage(
  t: Translate,
  parts: { sheet: CodeSheet; origin: string; readers: readonly SheetReader[] },
): object {
  return {
    title: t('identity:sheet.page'),
    hint: t('identity:sheet.hint'),
    printed: t('identity:sheet.printed'),
    halves: parts.readers.map((reader) => half(reader, parts)),
  }
}

function half(
  { language, t }: SheetReader,
  { sheet, origin }: { sheet: CodeSheet; origin: string },
): object {
  const day = new Intl.DateTimeFormat(language.intl, {
    dateStyle: 'long',
    timeZone: 'Europe/Berlin',
  })
  const { code, posted, recovery, validFrom, expiresAt } = sheet
  return {
    tag: language.tag,
    direction: language.direction,
    title: t('identity:sheet.title'),
    steps: [
      t('identity:sheet.open'),
      t('identity:sheet.choose'),
      t('identity:sheet.type'),
      ...(posted ? [t('identity:sheet.year')] : []),
    ],
    address: `${origin}/${language.tag}/activate`,
    code: groupedCode(code),
    valid: t('identity:sheet.valid', { from: day.format(validFrom), until: day.format(expiresAt) }),
    recovery: recovery ? t('identity:sheet.recovery') : '',
    secret: t('identity:sheet.secret'),
  }
}
