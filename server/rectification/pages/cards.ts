import type { Colleague } from '../../identity/index.js'
import { daysLeft } from '../deadline.js'
import type { ListedCase } from '../queue.js'
import { fieldsName } from './fields.js'
import { leftOf } from './clock.js'
import type { Option } from '../../platform/kernel/inputs.js'
import type { Pen } from './pen.js'

/** Who reads a list, and when. */
export interface Reader {
  readonly staff: string
  readonly today: string
}

/** A case in a list, as the partial `cases` prints it. */
export function caseCard(
  pen: Pen,
  one: ListedCase,
  { picked = [], ...reader }: Reader & { readonly picked?: readonly string[] },
): object {
  const { t, urls } = pen
  const { row, fields } = one
  const { reference, dueOn, state, language, hasEvidence, version } = row
  return {
    href: urls.to('rectification.case', { reference }),
    reference,
    field: fieldsName(pen, fields),
    status: t(`rectification:staffStatus.${state}`),
    due: dueOn ?? '',
    left:
      dueOn === undefined
        ? t('rectification:clock.notRunning')
        : leftOf(pen, daysLeft(dueOn, reader.today)),
    isOver: dueOn !== undefined && dueOn < reader.today,
    language: languageName(pen.language.intl, language),
    evidence: t(hasEvidence ? 'rectification:queue.evidence' : 'rectification:queue.noEvidence'),
    who: t(`rectification:queue.who.${whoHas(one, reader)}`),
    filedAt: row.filedAt,
    pick: `${reference}.${version}`,
    isPicked: picked.includes(`${reference}.${version}`),
  }
}

function whoHas({ row, isStranded, isOthers }: ListedCase, { staff }: Reader): string {
  if (isOthers) return 'partner'
  if (row.assignee === undefined) return 'nobody'
  if (row.assignee === staff) return 'me'
  return isStranded ? 'gone' : 'colleague'
}

const names = new Map<string, Intl.DisplayNames>()

/** The name of a language in another; making the names of a language costs more than a page. */
function languageName(intl: string, tag: string): string {
  const known = names.get(intl) ?? new Intl.DisplayNames(intl, { type: 'language' })
  names.set(intl, known)
  return known.of(tag) ?? tag
}

/** Colleagues to whom cases can be given, by their short codes. */
export function colleagueOptions(
  { texts }: Pick<Pen, 'texts'>,
  colleagues: readonly Colleague[],
  unitCode: (unit: number) => string | undefined,
): readonly Option[] {
  return colleagues.map(({ staff, code, unit }) => {
    const kind = unit === undefined ? undefined : unitCode(unit)
    return { value: staff, text: kind === undefined ? code : `${code} · ${texts.unit(kind).label}` }
  })
}
