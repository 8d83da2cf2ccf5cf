import type { Catalogue } from '../catalogue/index.js'
import type {
  ConsentDesk,
  Consents,
  ConsentUpkeep,
  AskFacts,
  Templating,
} from '../consent/index.js'
import type { Actor, ResidentActor, StaffActor } from '../identity/index.js'
import type { Look } from '../platform/http/route.js'
import { isOnPaper, type AgreementMoment } from './agreement.js'
import type { AgreementAct, CitedConsent } from './consents/story.js'
import { authorsOf, contentOf, type DemoTemplate } from './consents/templates.js'

/** The use cases of the portal by which consents come about. */
export interface AgreementDesk {
  readonly consents: Consents
  readonly consentDesk: ConsentDesk
  readonly consentUpkeep: Pick<ConsentUpkeep, 'expire'>
  readonly templating: Templating
  /** Signs a demonstration person in; who they are for the portal. */
  actorOf(person: string): Promise<Actor>
  /** Writes looks of staff into the log of the person. */
  recordLook(actor: Actor, looks: readonly Look[]): Promise<void>
}

/** Lets a moment happen, unless an earlier try has already; the clock stands at it. */
export function createAgreeing(
  desk: AgreementDesk,
  catalogue: Catalogue,
): (moment: AgreementMoment) => Promise<void> {
  return async (moment) => {
    const { template, story, act } = moment
    try {
      if (act === undefined) await publish(desk, template, catalogue)
      else await happen(desk, moment, act)
    } catch (error) {
      const what = `${story?.person ?? template.office} ${template.code} ${act?.act ?? 'published'}`
      throw new Error(`the demonstration cannot tell the consent ${what}`, { cause: error })
    }
  }
}

/** One member of staff writes, another publishes. */
async function publish(
  { templating, actorOf }: AgreementDesk,
  template: DemoTemplate,
  catalogue: Catalogue,
): Promise<void> {
  const { writer, publisher } = authorsOf(template.office)
  const author = (await actorOf(writer)) as StaffActor
  const known = (await templating.list(author)).find(
    ({ content }) => content.code === template.code,
  )
  if (known?.publishedAt !== undefined) return
  const at = known ?? (await templating.draft(author, contentOf(template, catalogue)))
  const second = (await actorOf(publisher)) as StaffActor
  const { digest } = await templating.version(second, at)
  await templating.publish(second, { template: at.template, version: at.version, digest })
}

async function happen(
  desk: AgreementDesk,
  moment: AgreementMoment,
  act: AgreementAct,
): Promise<void> {
  const { template, story, asked } = moment
  const clerk = (await desk.actorOf(authorsOf(template.office).writer)) as StaffActor
  const resident = (await desk.actorOf(story?.person ?? '')) as ResidentActor
  const askings = await askingsOf(desk, clerk, { resident, code: template.code })
  if (act.act === 'asked') {
    if (askings.length < asked) await ask(desk, clerk, { resident, code: template.code })
    return
  }
  const asking = askings[asked - 1]
  if (asking === undefined) throw new Error('nothing was asked')
  await follow(desk, { moment, act, clerk, resident, asking })
}

/** What an office asked a person with one template, the first first. */
async function askingsOf(
  { consentDesk }: AgreementDesk,
  clerk: StaffActor,
  { resident, code }: { resident: ResidentActor; code: string },
): Promise<readonly AskFacts[]> {
  const found = [
    ...(await listed(consentDesk, clerk, true)),
    ...(await listed(consentDesk, clerk, false)),
  ]
  return found
    .filter(({ ask, content }) => content.code === code && isOf(resident, ask.subject))
    .sort((one, other) => one.ask.askedAt.getTime() - other.ask.askedAt.getTime())
}

/** Every page of the askings of an office, those that wait or those that are over. */
async function listed(
  desk: AgreementDesk['consentDesk'],
  clerk: StaffActor,
  isOpen: boolean,
): Promise<readonly AskFacts[]> {
  const found: AskFacts[] = []
  let page = await desk.list(clerk, { isOpen })
  found.push(...page.items)
  while (page.next !== undefined) {
    const last = page.items.at(-1)?.ask
    if (last === undefined) break
    const waits = isOpen && last.wish !== undefined
    page = await desk.list(clerk, { isOpen, after: { ...last, waits } })
    found.push(...page.items)
  }
  return found
}

function isOf({ subjects }: ResidentActor, subject: string): boolean {
  return subjects.some((own) => own === subject)
}

async function ask(
  { consentDesk, templating }: AgreementDesk,
  clerk: StaffActor,
  { resident, code }: { resident: ResidentActor; code: string },
): Promise<void> {
  const version = (await templating.list(clerk)).find(({ content }) => content.code === code)
  const [subject] = resident.subjects
  if (version === undefined || subject === undefined) throw new Error('nobody can be asked')
  await consentDesk.ask(clerk, { subject, template: version.template })
}

/** What an act is about. */
interface Following {
  readonly moment: AgreementMoment
  readonly act: AgreementAct
  readonly clerk: StaffActor
  readonly resident: ResidentActor
  readonly asking: AskFacts
}

async function follow(desk: AgreementDesk, following: Following): Promise<void> {
  const { act, clerk, resident, asking } = following
  const { reference, state, wish } = asking.ask
  if (act.act === 'withdrawn') return withdraw(desk, following)
  if (state !== 'open') return
  if (act.act === 'called_off') return desk.consentDesk.callOff(clerk, reference)
  if (act.act === 'wished') {
    if (wish === undefined) await desk.consents.wish(resident, reference)
    return
  }
  if (act.act === 'answered') await answer(desk, following, act)
}

async function answer(
  { consents, consentDesk, recordLook }: AgreementDesk,
  { moment, clerk, resident, asking }: Following,
  act: Extract<AgreementAct, { act: 'answered' }>,
): Promise<void> {
  const { reference, step } = asking.ask
  const { allowed, language, helper = 'none' } = act
  if (!isOnPaper(act)) {
    const answered = { allowed, step, language, isOfAge: true }
    await consents.answer(resident, reference, { ...answered, helper })
    return
  }
  await recordLook(clerk, await consentDesk.looks(clerk, reference))
  const manner = { channel: 'paper', language, helper, effectiveAt: receiptOf(moment) } as const
  await consentDesk.record(clerk, reference, { allowed, manner, isOfAge: true })
}

async function withdraw(
  { consents, consentDesk, recordLook }: AgreementDesk,
  { moment, act, clerk, resident, asking }: Following,
): Promise<void> {
  const { answers } = await consents.ask(resident, asking.ask.reference)
  for (const { consent } of answers) {
    if (consent.state !== 'given') continue
    if (!isOnPaper(act)) {
      await consents.withdraw(resident, consent.reference)
      continue
    }
    await recordLook(clerk, await consentDesk.looks(clerk, consent.reference))
    const effectiveAt = receiptOf(moment)
    const manner = { channel: 'paper', language: 'de', helper: 'none', effectiveAt } as const
    await consentDesk.withdraw(clerk, consent.reference, manner)
  }
}

function receiptOf({ receivedAt }: AgreementMoment): Date {
  if (receivedAt === undefined) throw new Error('a paper has a day on which it came')
  return receivedAt
}

/** The id of the consent that an access of a person cites. */
export async function citedId(
  { consents, actorOf }: Pick<AgreementDesk, 'consents' | 'actorOf'>,
  person: string,
  { code, part }: CitedConsent,
): Promise<string> {
  const given = (await consents.list((await actorOf(person)) as ResidentActor))
    .filter(({ content, consent }) => content.code === code && consent.part === part)
    .flatMap(({ consent }) => (consent.givenAt === undefined ? [] : [consent]))
    .sort((one, other) => (one.givenAt?.getTime() ?? 0) - (other.givenAt?.getTime() ?? 0))
  const [first] = given
  if (first === undefined) throw new Error(`${person} has not given ${code} ${part}`)
  return first.consent
}
