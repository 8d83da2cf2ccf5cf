import { DEADLINES, RIGHTS } from '../rights.js'
import { ruleOf, type Pen } from './pen.js'

/** Every right in plain words, beside its place and its name in German law. */
export function rightsPage(pen: Pen) {
  const { t, language } = pen
  return {
    title: t('information:rights.title'),
    isGerman: language.tag === 'de',
    rights: RIGHTS.map(({ name, citation, rules }) => ({
      title: `information:rights.${name}.title`,
      text: `information:rights.${name}.text`,
      law: `information:rights.${name}.law`,
      citation,
      rules: rules.map((code) => ruleOf(pen, code)),
    })),
    deadlines: DEADLINES.map((code) => ruleOf(pen, code)),
  }
}
