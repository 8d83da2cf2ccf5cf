import type { EventClass } from '../../catalogue/index.js'
import type { RequestFacts } from '../reading.js'
import { isTold } from '../rules.js'
import { isToPrint, type ToldOffice } from '../recipients.js'
import { mayBeSent, mayBeWrittenTo } from '../telling.js'
import type { CaseFacts } from '../casework.js'
import { berlinDay } from '../days.js'
import { fieldsName } from './fields.js'
import { dayName, officeName, type Pen } from './pen.js'

/** Retention classes of the log, as the catalogue has them. */
export interface Coverage {
  readonly classes: readonly EventClass[]
}

const PERIOD = /^P(\d+)([DWMY])$/
const UNITS: Readonly<Record<string, string>> = { D: 'days', W: 'weeks', M: 'months', Y: 'years' }

/** The offices that were told, for the person (GDPR Article 19 sentence 2); nothing before a decision. */
export function toldOf(pen: Pen, facts: RequestFacts, coverage: Coverage): object | '' {
  if (!wasTold(facts)) return ''
  return {
    covers: coversOf(pen, facts, coverage),
    offices: facts.recipients
      .filter(({ isOwn }) => !isOwn)
      .map((one) => ({
        ...lineOf(pen, facts, one),
        state: pen.t(`rectification:told.${one.state}`),
      })),
  }
}

/** The same for the office, with what it has to print itself. */
export function tellingOf(pen: Pen, facts: RequestFacts & Pick<CaseFacts, 'block'>): object | '' {
  if (!wasTold(facts)) return ''
  const { reference } = facts.request
  return {
    action: pen.urls.to('rectification.told', { reference }),
    offices: facts.recipients.map((one) => ({
      ...lineOf(pen, facts, one),
      state: pen.t(`rectification:telling.${one.isOwn ? 'own' : 'state'}.${one.state}`),
      code: isToPrint(one.state) ? one.office.code : '',
      letter:
        isToPrint(one.state) && !one.isOwn && mayBeWrittenTo(one, facts.block)
          ? pen.urls.to('rectification.told-letter', { reference, party: one.office.code })
          : '',
      block: isToPrint(one.state) && !mayBeSent(one.office) ? blockSaid(pen, facts.block) : '',
    })),
  }
}

/** What the portal knows of a block, for whoever is about to write to a private or foreign party. */
function blockSaid(pen: Pen, { isInForce, at }: CaseFacts['block']): string {
  const day = dayName(pen, berlinDay(at))
  return pen.t(isInForce ? 'rectification:telling.blocked' : 'rectification:telling.unblocked', {
    day,
  })
}

function wasTold({ request }: RequestFacts): boolean {
  const { outcome, decidedAt } = request
  return outcome !== undefined && decidedAt !== undefined && isTold(outcome)
}

function lineOf(
  pen: Pen,
  { fields: all }: RequestFacts,
  { office, fields, acknowledgedAt, sentAt, lastAt }: ToldOffice,
): object {
  return {
    fields: all.length > 1 ? fieldsName(pen, fields) : '',
    office: officeName(pen, office),
    at: acknowledgedAt ?? sentAt ?? '',
    lastAt: lastAt ?? '',
  }
}

/** How far back the log reaches for the register of the field: what is older is in no list. */
function coversOf({ t }: Pen, { field }: RequestFacts, { classes }: Coverage): string {
  const period = classes.find(({ registers }) => registers.includes(field.register))?.period
  const [, amount, unit] = PERIOD.exec(period ?? '') ?? []
  if (amount === undefined || unit === undefined) return t('rectification:told.coversUnsaid')
  const words = t(`overview:period.${UNITS[unit] ?? ''}`, { count: Number(amount) })
  return t('rectification:told.covers', { period: words })
}
