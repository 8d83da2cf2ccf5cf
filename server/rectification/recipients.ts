import type { Catalogue, Field, Party } from '../catalogue/index.js'
import type { StoredNotice } from './store/notices.js'

type NoticeState = StoredNotice['state']

/** An office that is told of a decision, as people read it. */
export interface ToldOffice {
  readonly office: Party
  /** Fields of which it is told. */
  readonly fields: readonly Field[]
  /** Whether it is the deciding office's own register, which is no recipient. */
  readonly isOwn: boolean
  readonly state: NoticeState
  /** When the office first and last received the field, by entries that the person may see. */
  readonly firstAt?: Date
  readonly lastAt?: Date
  readonly sentAt?: Date
  readonly acknowledgedAt?: Date
}

/** The least certain first: an office is told when it is told under every number of the person. */
const BY_CERTAINTY: readonly NoticeState[] = [
  'failed',
  'to_print',
  'waiting',
  'sent',
  'printed',
  'acknowledged',
]

/** Whether a person has to tell the office, because no machine can. */
export function isToPrint(state: NoticeState): boolean {
  return state === 'to_print' || state === 'failed'
}

/** One line for each office, whatever the numbers under which it knows the person. */
export function officesTold(
  notices: readonly StoredNotice[],
  { parties, fields }: Pick<Catalogue, 'parties' | 'fields'>,
): readonly ToldOffice[] {
  const recipients = [...new Set(notices.map(({ recipient }) => recipient))]
  return recipients.flatMap((recipient) => {
    const office = parties.byId(recipient)
    const own = notices.filter((notice) => notice.recipient === recipient)
    const about = fields.all.filter(({ id }) => own.some(({ field }) => field === id))
    return office === undefined ? [] : [{ office, fields: about, ...together(own) }]
  })
}

function together(notices: readonly StoredNotice[]): Omit<ToldOffice, 'office' | 'fields'> {
  const [least] = [...notices].sort(
    (one, other) => BY_CERTAINTY.indexOf(one.state) - BY_CERTAINTY.indexOf(other.state),
  )
  if (least === undefined) throw new Error('an office without a notice is not told')
  const { state, isOwn, sentAt, acknowledgedAt } = least
  const firstAt = ends(notices, ({ firstAt }) => firstAt)[0]
  const lastAt = ends(notices, ({ lastAt }) => lastAt).at(-1)
  return {
    ...{ state, isOwn },
    ...(firstAt === undefined ? {} : { firstAt }),
    ...(lastAt === undefined ? {} : { lastAt }),
    ...(sentAt === undefined ? {} : { sentAt }),
    ...(acknowledgedAt === undefined ? {} : { acknowledgedAt }),
  }
}

function ends(
  notices: readonly StoredNotice[],
  of: (notice: StoredNotice) => Date | undefined,
): readonly Date[] {
  const times = notices.map(of).filter((time) => time !== undefined)
  return times.sort((one, other) => one.getTime() - other.getTime())
}
