import type { AppointmentBook } from '../appointments/index.js'
import type { Catalogue, Party } from '../catalogue/index.js'
import type { Database, Trx } from '../database.js'
import type { EmergencyBook } from '../emergencies/index.js'
import type { InclusionProof } from '../ledger/index.js'
import type { AccessRecorder, AuthorityOpening, DeliveredPlace } from '../overview/index.js'
import type { InTransaction } from '../platform/db/transaction.js'
import type { Clock } from '../platform/kernel/clock.js'
import type { Random } from '../platform/kernel/random.js'
import { ok, refuse, type Result } from '../platform/kernel/result.js'
import type { Subjects } from './access.js'
import type {
  AppointmentsAnswer,
  BatchAnswer,
  Coverage,
  EmergenciesAnswer,
  Refusal,
  SignedAppointments,
  SignedBatch,
  SignedEmergencies,
  SignedRead,
  SigningKey,
} from './delivery.js'
import type { Disputes } from './disputes.js'
import { createPace, type PaceLimits } from './pace.js'
import { receiveAppointments } from './service/appointments.js'
import { receiveEmergencies } from './service/emergencies.js'
import { failClosed } from './service/closed.js'
import { read, receiptOf, type Receipt } from './service/reads.js'
import { receive } from './service/receive.js'
import { INGEST, PUBLIC, RETENTION } from './service/scope.js'
import { readCoverage } from './store/coverage.js'
import { deleteDue, findKey, streamState, type StreamState } from './store.js'

/** What ingestion is made of. */
export interface IngestionParts {
  readonly inTransaction: InTransaction<Database>
  readonly catalogue: Catalogue
  readonly recorder: AccessRecorder
  readonly subjects: Subjects
  readonly clock: Clock
  readonly random: Random
  /** Encrypts what authorities signed, 32 bytes. */
  readonly evidenceKey: Buffer
  /** How fast one stream may send. */
  readonly pace: PaceLimits
  /** Opens the entry of an event to the authority that delivered it; nothing where it is gone. */
  readonly openingOf: (trx: Trx, place: DeliveredPlace) => Promise<AuthorityOpening | undefined>
  /** What persons contest and want restricted meanwhile (GDPR Article 18). */
  readonly disputes: Disputes
  /** Where appointments of offices are written down. */
  readonly appointments: AppointmentBook
  /** Where accesses in an emergency are written down. */
  readonly emergencies: EmergencyBook
  /** Proves that a leaf is in the latest public tree; nothing before the tick that covers it. */
  readonly prove: (trx: Trx, index: number) => Promise<InclusionProof | undefined>
}

/** Which stream a request asks for: by its signing key, and by the name in its address. */
export interface Addressed {
  readonly key: SigningKey
  readonly stream: string
}

/** A received batch: recorded now, or known already and answered as then. */
export interface Received {
  readonly isNew: boolean
  readonly answer: BatchAnswer
}

/** Deliveries of the authorities and what they may read of them. */
export interface Ingestion {
  /** The key of an id that counts now. */
  keyOf(kid: string): Promise<Result<SigningKey, Refusal>>
  /**
   * Records a batch in one transaction, or nothing of it: all events are in the log, durable and
   * covered by the checkpoint of the answer. The identical batch gets the first answer again.
   */
  receive(batch: SignedBatch, addressed: Addressed): Promise<Result<Received, Refusal>>
  /** Takes in appointments of the own office, all of them or none. */
  appointments(
    signed: SignedAppointments,
    addressed: Addressed,
  ): Promise<Result<AppointmentsAnswer, Refusal>>
  /** Takes in what the own office says of accesses in an emergency, all of it or none. */
  emergencies(
    signed: SignedEmergencies,
    addressed: Addressed,
  ): Promise<Result<EmergenciesAnswer, Refusal>>
  /** How far a stream has come. */
  state(read: SignedRead, addressed: Addressed): Promise<Result<StreamState, Refusal>>
  /** What an authority needs to check that one of its events is in the log as it sent it. */
  receipt(read: SignedRead, addressed: Addressed, seq: number): Promise<Result<Receipt, Refusal>>
  /**
   * Lets a request through that is about no stream: whose it is, not too fast, and under an id that did not
   * come with other content.
   */
  admit(signed: SignedRead, key: SigningKey): Promise<Result<Party, Refusal>>
  /** Which authorities are connected, in months: for everybody. */
  coverage(): Promise<readonly Coverage[]>
  /** Deletes signed batches with the first of their events, and request ids that nobody could use again. */
  forget(): Promise<number>
}

/** The parts as the use cases see them. */
export interface Kitchen extends Omit<IngestionParts, 'pace'> {
  readonly pace: (stream: number) => Refusal | undefined
}

/** Makes the room that receives deliveries. */
export function createIngestion(parts: IngestionParts): Ingestion {
  const { inTransaction, clock } = parts
  const pace = createPace(parts.pace)
  const kitchen: Kitchen = {
    ...parts,
    pace: (stream) => {
      const retryAfter = pace(stream, clock.now())
      return retryAfter === 0 ? undefined : { code: 'too_fast', retryAfter }
    },
  }
  return {
    keyOf: (kid) =>
      failClosed(async () => {
        const key = await inTransaction(INGEST, (trx) => findKey(trx, kid, clock.now()))
        return key === undefined ? refuse({ code: 'unknown_signer' }) : ok(key)
      }),
    receive: (batch, addressed) => failClosed(() => receive(kitchen, batch, addressed)),
    appointments: (signed, addressed) =>
      failClosed(() => receiveAppointments(kitchen, signed, addressed)),
    emergencies: (signed, addressed) =>
      failClosed(() => receiveEmergencies(kitchen, signed, addressed)),
    state: (signed, addressed) =>
      failClosed(() =>
        read(kitchen, { signed, addressed }, async (trx, { id }) => ok(await streamState(trx, id))),
      ),
    receipt: (signed, addressed, seq) =>
      failClosed(() => receiptOf(kitchen, { signed, addressed }, seq)),
    admit: (signed, key) => failClosed(() => admit(kitchen, signed, key)),
    coverage: () => inTransaction(PUBLIC, readCoverage),
    forget: () => inTransaction(RETENTION, (trx) => deleteDue(trx, clock.now())),
  }
}

async function admit(
  kitchen: Kitchen,
  signed: SignedRead,
  key: SigningKey,
): Promise<Result<Party, Refusal>> {
  const addressed = { key, stream: key.stream.name }
  return read(kitchen, { signed, addressed }, async (_trx, { authority }) => {
    const party = kitchen.catalogue.parties.byId(authority)
    return Promise.resolve(party === undefined ? refuse({ code: 'wrong_stream' }) : ok(party))
  })
}
