import { EMERGENCY, SERVICES } from '../counsel.js'
import type { Pen } from './pen.js'

/** Who helps: names, what each does, its own home page. */
export function helpPage({ t, language }: Pen) {
  const groupOf = (group: keyof typeof SERVICES) => ({
    heading: t(`information:help.${group}`),
    services: SERVICES[group].map(({ name, href, phone }) => ({
      name: t(`information:help.${name}.name`),
      german: language.tag === 'de' ? null : `information:help.${name}.name`,
      text: `information:help.${name}.text`,
      href,
      host: new URL(href).host,
      phone: phone ?? null,
    })),
  })
  return {
    title: t('information:help.title'),
    emergency: EMERGENCY,
    groups: (['counselling', 'complaint', 'danger'] as const).map(groupOf),
  }
}
