import type { ResidentActor } from '../identity/actor.js'
import type { Section, Senses } from '../platform/kernel/section.js'
import type { EvidenceKeeping } from './evidence.js'
import type { Rectification } from './service.js'

const WANTED: Senses = {
  ...{ form: 'inner', latin: 'plain', original: 'plain', onlyOne: 'plain', text: 'plain' },
  ...{ calendar: 'rectification:calendar.*', year: 'plain', month: 'plain', day: 'plain' },
  ...{ codes: 'nationality', street: 'plain', postcode: 'plain', place: 'plain' },
  ...{ since: 'plain', code: ['rectification:maritals.*', 'rectification:genders.*'] },
  ...{ relation: 'rectification:relations.*', birthYear: 'plain' },
}
const below = (path: string, senses: Senses): Senses =>
  Object.fromEntries(Object.entries(senses).map(([name, sense]) => [`${path}.${name}`, sense]))

const SENSES: Senses = {
  ...{ kind: ['copy:draft.*', 'rectification:kinds.*'], reference: 'plain', field: 'field' },
  ...{ also: 'field', kept: 'field', state: 'rectification:status.*', savedAt: 'plain' },
  ...{ language: 'language', filedAt: 'plain', formMetOn: 'plain', dueOn: 'plain' },
  ...{ office: 'party', wasExtended: 'plain', isRestricted: 'plain', hasEvidence: 'plain' },
  ...{ outcome: 'rectification:outcomes.*.title', decidedAt: 'plain', closedAt: 'plain' },
  ...below('statement', {
    ...{ kind: 'rectification:kinds.*', stored: 'plain', words: 'plain', restrict: 'plain' },
    ...{ evidence: 'rectification:evidence.*', other: 'inner' },
    ...{ recipients: 'copy:recipientsNamed.*', 'other.about': 'plain', 'other.number': 'plain' },
    ...{ also: 'inner', 'also.field': 'field', 'also.stored': 'plain' },
    ...below('wanted', WANTED),
    ...below('also.wanted', WANTED),
  }),
  ...{ files: 'inner', 'files.name': 'plain', 'files.size': 'plain', 'files.isWaiting': 'inner' },
  ...{ clock: 'inner', recipients: 'inner', 'recipients.office': 'party' },
  ...{ 'recipients.fields': 'field', 'recipients.state': 'rectification:told.*' },
  ...{ 'recipients.firstAt': 'plain', 'recipients.lastAt': 'plain' },
  ...{ 'recipients.sentAt': 'plain', 'recipients.acknowledgedAt': 'plain' },
  ...{ events: 'inner', 'events.at': 'plain', 'events.event': 'rectification:event.*' },
  ...{ 'events.by': 'copy:by.*', 'events.office': 'party', 'events.unit': 'unit' },
  ...{ 'events.words': 'plain', 'events.decision': 'inner' },
  ...{ 'events.decision.reasons': 'rectification:reasons.*', 'events.decision.words': 'plain' },
  ...below('events.decision.value', WANTED),
  ...{ 'events.decision.also.field': 'field', ...below('events.decision.also.wanted', WANTED) },
}

/** What this room keeps of a resident: drafts, requests, and everything that happened to them. */
export function rectificationSections(
  rectification: Pick<Rectification, 'drafts' | 'requests' | 'request'>,
  evidence: Pick<EvidenceKeeping, 'ofDraft' | 'ofRequest'>,
): Section<ResidentActor>[] {
  return [
    {
      name: 'requests',
      tables: [
        'rectification.request',
        'rectification.request_event',
        'rectification.file',
        'rectification.notice',
      ],
      senses: SENSES,
      items: async function* (actor) {
        for (const { id, field, statement, savedAt } of await rectification.drafts(actor)) {
          const files = await evidence.ofDraft(actor, id)
          yield { kind: 'draft', field: field.code, savedAt, statement, files }
        }
        for (const { request } of await rectification.requests(actor)) {
          const facts = await rectification.request(actor, request.reference)
          yield {
            kind: 'request',
            ...plain(request),
            field: facts.field.code,
            also: facts.fields.slice(1).map(({ code }) => code),
            kept: facts.fields
              .filter(({ id }) => request.kept.includes(id))
              .map(({ code }) => code),
            office: facts.office.code,
            statement: facts.statement ?? null,
            files: await evidence.ofRequest(actor, request.reference),
            clock: facts.clock,
            recipients: facts.recipients.map(({ office, fields, isOwn: _own, ...told }) => ({
              office: office.code,
              fields: fields.map(({ code }) => code),
              ...told,
            })),
            events: facts.events.map((event) => ({
              ...event,
              office: event.office?.code ?? null,
              unit: event.unit?.code ?? null,
              operatorDigest: event.operatorDigest?.toString('hex') ?? null,
            })),
          }
        }
      },
    },
  ]
}

/** Without keys, and without what only the store needs. */
function plain<Row extends object>(row: Row): object {
  const hidden = new Set(['caseKey', 'content', 'request', 'subject', 'field', 'office', 'version'])
  return Object.fromEntries(Object.entries(row).filter(([name]) => !hidden.has(name)))
}
