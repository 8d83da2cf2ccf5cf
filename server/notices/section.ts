import type { ResidentActor } from '../identity/actor.js'
import type { Section } from '../platform/kernel/section.js'
import type { Inbox, Mailbox } from './index.js'

/** What this room keeps of a resident: messages, and where and when neutral mails go. */
export function noticesSections({
  inbox,
  mailbox,
}: {
  readonly inbox: Pick<Inbox, 'all'>
  readonly mailbox: Pick<Mailbox, 'read'>
}): Section<ResidentActor>[] {
  return [
    {
      name: 'messages',
      tables: ['notices.message'],
      senses: {
        ...{ code: 'notices:message.*.title', toldAt: 'plain', readAt: 'plain', params: 'inner' },
        ...{ 'params.office': 'party', 'params.reference': 'plain', 'params.day': 'plain' },
      },
      columns: [
        { paths: ['toldAt'], share: 1 },
        { paths: ['code'], share: 2 },
        { paths: ['params.office', 'params.reference', 'params.day'], share: 2 },
      ],
      items: async function* (actor) {
        for await (const { message: _id, ...told } of inbox.all(actor)) yield told
      },
    },
    {
      name: 'mail',
      tables: ['notices.channel', 'notices.mail'],
      senses: {
        ...{ choice: 'notices:settings.choices.*', address: 'plain', confirmedAt: 'plain' },
        ...{ failingSince: 'plain', pending: 'inner', 'pending.address': 'plain', mails: 'inner' },
        ...{ 'mails.sentAt': 'plain', 'mails.state': 'copy:mail.*' },
      },
      items: async function* (actor) {
        yield await mailbox.read(actor)
      },
    },
  ]
}
