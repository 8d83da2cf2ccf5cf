import type { Insertable, Selectable } from 'kysely'
import type { ActColumns } from './tables.js'

export type { ActColumns } from './tables.js'

/** The row of an act to be inserted, but for what the room adds. */
export type ActRow = Insertable<ActColumns>

/** The row of an act as it stands. */
export type StoredAct = Selectable<ActColumns>
