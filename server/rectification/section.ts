import type { ResidentActor } from '../identity/actor.js'
import type { Section } from '../platform/kernel/section.js'
import type { EvidenceKeeping } from './evidence.js'
import type { Rectification } from './service.js'

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
