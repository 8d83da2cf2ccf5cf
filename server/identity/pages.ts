import type { Catalogue } from '../catalogue/index.js'
import type { Exchange } from '../platform/http/route.js'
import type { StaffActor } from './actor.js'

/** A page of the menu: its route and the key of its name. */
export interface MenuRoute {
  readonly name: string
  readonly menu: string
}

/** The first page of staff: as whom they are signed in, and what is open to them. */
export function staffPage({
  exchange,
  catalogue,
  pages,
}: {
  exchange: Exchange<StaffActor>
  catalogue: Catalogue
  pages: readonly MenuRoute[]
}): object {
  const { actor, t, language, urls } = exchange
  const texts = catalogue.texts(language.tag)
  const office = actor.office === undefined ? undefined : catalogue.parties.byId(actor.office)
  const unit = actor.unit === undefined ? undefined : catalogue.units.byId(actor.unit)
  return {
    title: t('identity:staff.title'),
    duty: t(`identity:roles.${actor.role}.duty`),
    rows: [
      { term: t('identity:staff.role'), text: t(`identity:roles.${actor.role}.name`) },
      ...(office ? [{ term: t('identity:staff.office'), text: texts.party(office.code).name }] : []),
      ...(unit ? [{ term: t('identity:staff.unit'), text: texts.unit(unit.code).label }] : []),
    ],
    pages: pages
      .filter(({ name }) => name !== 'identity.staff')
      .map(({ name, menu }) => ({ href: urls.to(name), label: t(menu) })),
  }
}
