/** A public service of somebody else: the name of its texts, its own home page, a number where it has one for everybody. */
export interface Service {
  readonly name: string
  readonly href: string
  readonly phone?: string
}

/**
 * Services that are nationwide, free of charge and meant to stay. Home pages only: deep links break,
 * and a wrong number does harm.
 */
export const SERVICES: Readonly<
  Record<'counselling' | 'complaint' | 'danger', readonly Service[]>
> = {
  counselling: [
    { name: 'mbe', href: 'https://www.mbeon.de/' },
    { name: 'jmd', href: 'https://www.jugendmigrationsdienste.de/' },
    { name: 'navi', href: 'https://bamf-navi.bamf.de/' },
    { name: 'bamf', href: 'https://www.bamf.de/' },
    { name: 'unhcr', href: 'https://help.unhcr.org/germany/' },
  ],
  complaint: [
    { name: 'bfdi', href: 'https://www.bfdi.bund.de/' },
    { name: 'dsk', href: 'https://www.datenschutzkonferenz-online.de/' },
  ],
  danger: [
    { name: 'hilfetelefon', href: 'https://www.hilfetelefon.de/', phone: '116 016' },
    { name: 'ads', href: 'https://www.antidiskriminierungsstelle.de/' },
  ],
}

/** The police in an emergency, in the whole country. */
export const EMERGENCY = '110'

/** Whom somebody can talk to before they ask an office for anything: nobody who decides about them. */
export const COUNSELLORS: readonly Service[] = SERVICES.counselling.filter(
  ({ name }) => name !== 'bamf',
)
