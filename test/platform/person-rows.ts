import { eventRow } from './rows.js'

/** The statements that write a row of a person into every table that has some. */
export function rowsOf(
  { account, subject }: { readonly account: string; readonly subject: string },
  index: number,
  office: number,
): string[] {
  const flag = (table: string) =>
    `insert into overview.${table} values (${index}, 'flow.unknown', '${subject}', '{}', now(), current_date + 30)`
  return [
    eventRow({ subject, index, office }),
    eventRow({ table: 'sealed_event', subject, index: index + 2, office }),
    flag('access_flag'),
    flag('sealed_flag'),
    `insert into overview.operator_ref values (${index}, 'ref', current_date + 30)`,
    `insert into overview.holding values ('${subject}', ${office}, 1, 1, 1, now(), now(), ${index})`,
    `insert into identity.account values ('${account}', 'de', now(), null)`,
    `insert into identity.account_subject values ('${account}', 'azr', '${subject}', 'key')`,
    `insert into identity.session values (decode(repeat('0${index}', 32), 'hex'), '${account}', null,
      'counter', decode(repeat('00', 32), 'hex'), now(), now(), now() + interval '1 hour')`,
    noticeOf('notice', subject, office),
    noticeOf('sealed_notice', subject, office),
    `insert into notices.message values (gen_random_uuid(), '${account}', 'passkey_added', '{}', now(), null,
      null, current_date + 30)`,
    `insert into notices.channel (account, choice) values ('${account}', 'none')`,
    `insert into notices.mail (account, kind, state, wanted, next_at)
      values ('${account}', 'news', 'done', 1, now())`,
    `insert into inquiries.inquiry (inquiry, reference, subject, account, entry, office, kind, reasons, state,
        version, asked_at, due_on, expires_on)
      values (gen_random_uuid(), 'REFER${index}', '${subject}', '${account}', ${index}, ${office}, 'ask',
        '{other}', 'received', 1, now(), current_date + 30, current_date + 60)`,
    `insert into appointments.appointment (class, expires_on, leaf_index, recorded_at, subject, ref, day, number,
        kind, by, office, salt)
      values (60, current_date + 30, ${index}, now(), '${subject}', sha256('${index}'), current_date, 1, 'booked',
        'office', ${office}, decode(repeat('00', 32), 'hex'))`,
    ...['declaration', 'sealed_declaration'].map((table) =>
      declarationOf(table, subject, { index, office }),
    ),
    `insert into blocks.block (block, reference, subject, account, kind, state, office, grounds, version,
        saved_at, expires_on)
      values (gen_random_uuid(), 'BLOCK${index}', '${subject}', '${account}', 'transmission', 'applied',
        ${office}, '{life}', 1, now(), current_date + 60)`,
  ]
}

function declarationOf(
  table: string,
  subject: string,
  { index, office }: { readonly index: number; readonly office: number },
): string {
  const kind = table === 'declaration' ? 61 : 161
  return `insert into emergencies.${table} (class, expires_on, leaf_index, recorded_at, subject, access,
      occurred_at, ground, number, kind, by, office, salt)
    values (${kind}, current_date + 30, ${index}, now(), '${subject}', ${index}, now(), 'life_or_limb', 1,
      'declared', 'office', ${office}, decode(repeat('00', 32), 'hex'))`
}

function noticeOf(table: string, subject: string, office: number): string {
  const [own, isOwn] = table === 'notice' ? [', is_own', ', false'] : ['', '']
  return `insert into rectification.${table} (notice, request, subject, recipient, field, outcome, first_at,
      last_at, made_at, state, expires_on${own})
    values (gen_random_uuid(), gen_random_uuid(), '${subject}', ${office}, 1, 'corrected', now(), now(), now(),
      'to_print', current_date + 30${isOwn})`
}
