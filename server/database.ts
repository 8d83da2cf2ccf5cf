import type { Kysely, Transaction } from 'kysely'
import type { AppointmentsTables } from './appointments/tables.js'
import type { EmergenciesTables } from './emergencies/tables.js'
import type { ConsentTables } from './consent/tables.js'
import type { BlocksTables } from './blocks/tables.js'
import type { CatalogueTables } from './catalogue/tables.js'
import type { IdentityTables } from './identity/tables.js'
import type { IngestionTables } from './ingestion/tables.js'
import type { InquiriesTables } from './inquiries/tables.js'
import type { LedgerTables } from './ledger/tables.js'
import type { NoticesTables } from './notices/tables.js'
import type { OversightTables } from './oversight/tables.js'
import type { OverviewTables } from './overview/tables.js'
import type { RectificationTables } from './rectification/tables.js'
import type { RegistersTables } from './registers/tables.js'
import type { ReportsTables } from './reports/tables.js'
import type { TidingsTables } from './tidings/tables.js'

/** All rooms' tables, by their names with schema. */
export interface Database
  extends
    AppointmentsTables,
    EmergenciesTables,
    CatalogueTables,
    ConsentTables,
    LedgerTables,
    OverviewTables,
    OversightTables,
    IngestionTables,
    IdentityTables,
    NoticesTables,
    InquiriesTables,
    BlocksTables,
    RectificationTables,
    RegistersTables,
    ReportsTables,
    TidingsTables {}

/** For programs of the owner (start, migration, audit); rooms take a `Trx`. */
export type Db = Kysely<Database>

/** A transaction with the role and settings of one actor; COPY reaches its client through `copyInto`. */
export type Trx = Transaction<Database>
