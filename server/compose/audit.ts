import {
  auditLedger,
  createOrigins,
  signerFromSeed,
  type AuditReport,
  type EntryReader,
} from '../ledger/index.js'
import { appointmentReader } from '../appointments/index.js'
import { emergencyReaders } from '../emergencies/index.js'
import { entryReaders } from '../overview/index.js'
import { consentReader } from '../consent/index.js'
import { blockReader } from '../blocks/index.js'
import { inquiryReader } from '../inquiries/index.js'
import { requestReader } from '../rectification/index.js'
import type { Installation } from './installation.js'

/** What the audit of a log needs of its installation. */
type Audited = Pick<Installation, 'admin' | 'catalogue' | 'secrets'>

/** The entries of every room that keeps some. */
export function readersOf({ catalogue, secrets }: Omit<Audited, 'admin'>): readonly EntryReader[] {
  const origins = createOrigins(secrets.originKey)
  const asked = [requestReader(catalogue), inquiryReader(catalogue)]
  const wished = [consentReader(catalogue), blockReader(catalogue)]
  const told = [appointmentReader(catalogue), ...emergencyReaders(catalogue)]
  return [...entryReaders({ catalogue, origins }), ...asked, ...wished, ...told]
}

/** Recomputes every commitment, tile and checkpoint of an installation from its rows. */
export function auditInstallation(installation: Audited): Promise<AuditReport> {
  const { admin, secrets } = installation
  const { vkey } = signerFromSeed(secrets.logOrigin, secrets.logKey)
  return auditLedger(admin, {
    origin: secrets.logOrigin,
    vkey,
    readers: readersOf(installation),
  })
}
