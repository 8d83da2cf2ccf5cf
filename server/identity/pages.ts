import type { Translate } from '../platform/http/texts.js'
import type { Urls } from '../platform/http/urls.js'
import type { StaffRole } from './actor.js'

/** A page of the menu: its route and the key of its name. */
export interface MenuRoute {
  readonly name: string
  readonly menu: string
}

/** The link to what came for a member of staff. */
export interface InboxLink {
  readonly href: string
  readonly text: string
  readonly remark: string
}

/** A member of staff in words. */
export interface StaffFacts {
  readonly role: StaffRole
  readonly office?: string
  readonly unit?: string
  readonly pages: readonly MenuRoute[]
  readonly inbox: InboxLink
  /** Forms that wait for them. */
  readonly kept: readonly { readonly text: string; readonly href: string }[]
  /** The offices of an officer who serves several; empty for everybody else. */
  readonly offices: readonly {
    readonly staff: string
    readonly name: string
    readonly isCurrent: boolean
  }[]
}

/** The first page of staff: as whom they are signed in, and what is open to them. */
export function staffPage(
  { t, urls }: { t: Translate; urls: Urls },
  { role, office, unit, pages, inbox, kept, offices }: StaffFacts,
): object {
  const row = (name: string, text: string | undefined) =>
    text === undefined ? [] : [{ term: t(`identity:staff.${name}`), text }]
  return {
    title: t('identity:staff.title'),
    duty: t(`identity:roles.${role}.duty`),
    rows: [
      ...row('role', t(`identity:roles.${role}.name`)),
      ...row('office', office),
      ...row('unit', unit),
    ],
    ...{ kept, inbox },
    offices: offices.map((one) => ({
      ...one,
      take: t('identity:staff.take', { office: one.name }),
    })),
    pages: pages
      .filter(({ name }) => name !== 'identity.staff')
      .map(({ name, menu }) => ({ href: urls.to(name), label: t(menu) })),
  }
}
