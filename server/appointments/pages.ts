import type { CatalogueTexts } from '../catalogue/index.js'
import type { Translate } from '../platform/http/texts.js'
import type { OwnAppointment } from './model.js'
import { WINDOW } from './rules.js'

type Texts = Pick<CatalogueTexts, 'unit'>

/** Appointments at one office as they stand on a page about it, or about one access of it. */
export interface AppointmentNote {
  readonly title: string
  /** `key` is the text of each, the others are its values. */
  readonly items: readonly {
    readonly key: string
    readonly day: string
    readonly told: Date
    readonly unit: string
    /** Text of what became of it since, and when that was told; empty where it stands. */
    readonly since: string
    readonly changed: Date
  }[]
  readonly note: string
  /** That there are more of them; empty where there are not. */
  readonly more: string
}

/** So many stand on a page; all stand in the copy. */
const MOST = 20

/** What a page says of appointments; nothing where there are none. */
export function appointmentNote(
  { t, texts }: { readonly t: Translate; readonly texts: Texts },
  about: 'access' | 'office',
  appointments: readonly OwnAppointment[],
): AppointmentNote | undefined {
  if (appointments.length === 0) return undefined
  return {
    title: t(`appointments:${about}.title`),
    items: appointments.slice(0, MOST).map(({ day, toldAt, unit, status, since }) => ({
      key: `appointments:${status}.${unit === undefined ? 'alone' : 'unit'}`,
      ...{ day, told: toldAt },
      unit: unit === undefined ? '' : texts.unit(unit.code).label,
      since: since === undefined ? '' : `appointments:since.${since.what}`,
      changed: since?.at ?? toldAt,
    })),
    note: t(`appointments:${about}.note`, { before: WINDOW.before, after: WINDOW.after }),
    more: appointments.length > MOST ? t('appointments:more', { most: MOST }) : '',
  }
}
