import type { Database, Trx } from '../database.js'
import type { InTransaction } from '../platform/db/transaction.js'
import type { Clock } from '../platform/kernel/clock.js'
import type { Random } from '../platform/kernel/random.js'
import { seal, unseal } from '../platform/kernel/sealing.js'
import { issuingScope, officeScope, type Issuer, type StaffId, type SubjectId } from './actor.js'
import { codeHashes, newCode } from './codes.js'
import { freshId, type Enrolment, type GivenNumber } from './enrol.js'
import { emptySheet, insertCode, readSheet, type IssueOutcome } from './store/codes.js'
import { noteHousing, readHousing } from './store/housing.js'
import { isCapped, noteRefusal } from './store/refusals.js'
import { newsOfCode, type TellAccount } from './telling.js'

/** For whom a code is, and how it reaches them. */
export interface CodeOrder {
  readonly number: GivenNumber
  /** By post it needs the year of birth at the sign-in; handed over, somebody looked at a photo document. */
  readonly way:
    { readonly kind: 'posted'; readonly birthYear: number } | { readonly kind: 'handed' }
  /** A device was lost: using the code ends all other sessions and passkeys; by post it waits 72 hours. */
  readonly recovery: boolean
  /** Whether the person lives in shared housing; absent where nobody asked. */
  readonly sharesHousing?: boolean
  readonly language: string
}

/** The sheet that is printed once. */
export interface CodeSheet {
  readonly code: string
  readonly posted: boolean
  readonly recovery: boolean
  readonly validFrom: Date
  readonly expiresAt: Date
  readonly language: string
}

/** Refused because of the number, or a limit; else the id of the sheet. */
export type Issued =
  | { readonly kind: 'issued'; readonly sheet: string; readonly code: string }
  | { readonly kind: 'number' }
  /** Whoever issues it works on a case of the person. */
  | { readonly kind: 'ownCase' }
  /** The person lives in shared housing, where others may open the letter. */
  | { readonly kind: 'shared' }
  | { readonly kind: Exclude<IssueOutcome, 'issued'> }

/** A member of staff at whose desk the sheet is printed. */
export type Printer = Issuer & { readonly staff: StaffId }

/** Issuing activation codes: each writes itself into the log of the person whom it lets in. */
export interface CodeIssuing {
  issue(issuer: Issuer, order: CodeOrder): Promise<Issued>
  /** The sheet, for whoever issued the code, within an hour and until it is printed. */
  sheet(issuer: Printer, id: string): Promise<CodeSheet | undefined>
  /** Forgets the code on the sheet. */
  printed(issuer: Printer, id: string): Promise<void>
}

/** What issuing is made of. */
export interface IssuingParts {
  readonly inTransaction: InTransaction<Database>
  readonly enrolment: Pick<Enrolment, 'subjectOf' | 'subjectKeyOf'>
  readonly accountKey: Buffer
  readonly clock: Clock
  readonly random: Random
  /** Writes the entry that the resident sees, in the same transaction. */
  readonly record: (trx: Trx, issuer: Issuer, subject: SubjectId) => Promise<void>
  /** Tells the person, on every way that is open to them: somebody else may have asked for the code. */
  readonly tell: TellAccount
  /** Whether a member of staff works on a case of the person (security.md: never the own case's clerk). */
  readonly worksOn: (trx: Trx, staff: StaffId, subject: SubjectId) => Promise<boolean>
}

/** Makes issuing; it knows the key that turns numbers into subjects, so the web's own roles never do. */
export function createIssuing(parts: IssuingParts): CodeIssuing {
  const { inTransaction, accountKey, clock } = parts
  return {
    issue: (issuer, order) => issue(parts, issuer, order),
    sheet: async (issuer, id) => {
      const row = await inTransaction(officeScope(issuer), (trx) =>
        readSheet(trx, { code: id, issuedBy: issuer.staff, at: clock.now() }),
      )
      return (
        row && {
          code: unseal(accountKey, row.sheet, sheetContext(id)).toString(),
          posted: row.assurance === 'letter',
          recovery: row.recovery,
          validFrom: row.valid_from,
          expiresAt: row.expires_at,
          language: row.language,
        }
      )
    },
    printed: (issuer, id) =>
      inTransaction(officeScope(issuer), (trx) => emptySheet(trx, id, issuer.staff)),
  }
}

async function issue(
  parts: IssuingParts,
  issuer: Issuer,
  { number, way, recovery, language, sharesHousing }: CodeOrder,
): Promise<Issued> {
  const { inTransaction, enrolment, accountKey, clock, random, record } = parts
  const subject = enrolment.subjectOf(number)
  const subjectKey = enrolment.subjectKeyOf(number)
  if (subject === undefined || subjectKey === undefined) return { kind: 'number' }
  const [code, sheet, freshAccount] = [newCode(random), freshId(random), freshId(random)]
  const [hashes, at] = [codeHashes(accountKey), clock.now()]
  const context = `mirat/subject-key/v1/${freshAccount}/${subject}`
  const outcome = await inTransaction(issuingScope(issuer, subject), async (trx) => {
    const refused = await refusalOf(parts, trx, { issuer, subject, way, sharesHousing, at })
    const found =
      refused ??
      (await insertCode(trx, {
        ...{ freshAccount, language, scheme: number.scheme, subject, recovery },
        subjectKey: seal(accountKey, subjectKey, { context, random }),
        code: sheet,
        codeHash: hashes.code(code),
        assurance: way.kind === 'posted' ? 'letter' : 'counter',
        birthYearHash: way.kind === 'posted' ? hashes.birthYear(code, way.birthYear) : null,
        sheet:
          issuer.staff === undefined
            ? null
            : seal(accountKey, Buffer.from(code), { context: sheetContext(sheet), random }),
        issuedBy: issuer.staff ?? null,
        at,
      }))
    // A refusal tells something of the person as well, so it stands in their log like a code.
    if (found !== 'clerk') await record(trx, issuer, subject)
    if (found !== 'issued') {
      // Whoever was refused has learned something all the same: it counts like a code.
      if (issuer.staff !== undefined && found !== 'clerk') await noteRefusal(trx, issuer.staff, at)
      return found
    }
    // Only at a counter can somebody say that they have moved out.
    if (way.kind === 'handed' && sharesHousing !== undefined) {
      await noteHousing(trx, sharesHousing)
    }
    const told = { isPosted: way.kind === 'posted', isLoss: recovery, office: issuer.office, at }
    await parts.tell(trx, newsOfCode(subject, told))
    return found
  })
  return outcome === 'issued' ? { kind: 'issued', sheet, code } : { kind: outcome }
}

/** What forbids a code before any limit is looked at. */
async function refusalOf(
  { worksOn }: IssuingParts,
  trx: Trx,
  order: {
    readonly issuer: Issuer
    readonly subject: SubjectId
    readonly way: CodeOrder['way']
  } & {
    readonly sharesHousing: boolean | undefined
    readonly at: Date
  },
): Promise<'clerk' | 'ownCase' | 'shared' | undefined> {
  const { issuer, subject, way, sharesHousing, at } = order
  if (issuer.staff !== undefined && (await isCapped(trx, issuer.staff, at))) return 'clerk'
  if (issuer.staff !== undefined && (await worksOn(trx, issuer.staff, subject))) return 'ownCase'
  if (way.kind !== 'posted') return undefined
  return sharesHousing || (await readHousing(trx)) ? 'shared' : undefined
}

function sheetContext(id: string): string {
  return `mirat/code-sheet/v1/${id}`
}
