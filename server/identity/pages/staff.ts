import type { Translate } from '../../platform/http/texts.js'
import type { Urls } from '../../platform/http/urls.js'
import { groupedCode } from '../codes.js'
import { inputsOf, type Typed } from '../../platform/kernel/inputs.js'
import { ROLES } from '../post.js'
import type { Staffing } from '../staffing.js'

interface Words {
  readonly t: Translate
  readonly urls: Urls
}

type Person = Awaited<ReturnType<Staffing['list']>>[number] & {
  readonly isSelf: boolean
  readonly isOwnInvitation: boolean
  /** Office and unit in words. */
  readonly place: string
}

/** The operators' list of staff, and the form that proposes somebody. */
export function staffPeoplePage(
  { t, urls }: Words,
  {
    people,
    units,
    ...typed
  }: Typed & {
    people: readonly Person[]
    units: readonly { code: string; text: string }[]
  },
): object {
  const { choice, input, problems } = inputsOf(t, typed, (name) => `identity:people.${name}`)
  return {
    title: t('identity:people.title'),
    lead: t('identity:people.lead'),
    problems,
    people: people.map((person) => personOf({ t, urls }, person)),
    role: choice(
      'role',
      ROLES.map((value) => ({ value, text: t(`identity:roles.${value}.name`) })),
    ),
    office: input('office', { hint: t('identity:people.officeHint'), optional: true, code: true }),
    unit: choice('unit', [
      { value: '', text: t('identity:people.noUnit') },
      ...units.map(({ code, text }) => ({ value: code, text })),
    ]),
    submit: t('identity:people.invite'),
  }
}

function personOf({ t, urls }: Words, person: Person): object {
  const { staff, role, state, place, lastUsedAt, isSelf, isOwnInvitation } = person
  const isFurther = person.officer !== null
  const isOpen = state === 'invited' || state === 'confirmed'
  const mayConfirm = isOpen && !isOwnInvitation && !isSelf
  return {
    role: t(`identity:roles.${role}.name`),
    place,
    further: isFurther ? t('identity:people.isFurther') : '',
    state: t(`identity:people.states.${state}`),
    ...(lastUsedAt === null ? {} : { lastUsedAt }),
    confirm: mayConfirm ? urls.to('identity.confirm', { staff }) : '',
    confirmText: t(`identity:people.${isFurther ? 'confirmFurther' : 'confirm'}`),
    office:
      role === 'dpo' && state === 'active' && !isFurther
        ? urls.to('identity.further-office', { staff })
        : '',
    suspend: state === 'suspended' || isSelf ? '' : urls.to('identity.suspend', { staff }),
  }
}

/** A further office for an officer, who serves these already. */
export function furtherOfficePage(
  { t, urls }: Words,
  {
    staff,
    served,
    ...typed
  }: Typed & { readonly staff: string; readonly served: readonly string[] },
): object {
  const { input, problems } = inputsOf(t, typed, (name) => `identity:people.${name}`)
  return {
    title: t('identity:people.furtherTitle'),
    lead: t('identity:people.furtherLead'),
    back: { href: urls.to('identity.people'), text: t('identity:people.title') },
    problems,
    served,
    action: urls.to('identity.invite-to-office', { staff }),
    office: input('office', { hint: t('identity:people.furtherHint'), code: true }),
    submit: t('identity:people.invite'),
  }
}

/** The code of somebody who was confirmed just now. */
export function staffCodePage({ t, urls }: Words, code: string): object {
  return {
    title: t('identity:people.codeTitle'),
    lead: t('identity:people.codeLead'),
    back: { href: urls.to('identity.people'), text: t('identity:people.title') },
    code: groupedCode(code),
  }
}
