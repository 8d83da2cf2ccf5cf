import type { ColumnType } from 'kysely'
import type { Choice } from './rules.js'

type Fixed<Value> = ColumnType<Value, never, never>

/** Written by functions of the database alone; the person notes that a message was read. */
export interface MessageTable {
  message: Fixed<string>
  account: Fixed<string>
  code: Fixed<string>
  params: Fixed<Readonly<Record<string, string>>>
  told_at: Fixed<Date>
  read_at: ColumnType<Date | null, never, Date>
  expires_on: Fixed<string>
}

export interface ChannelTable {
  account: Fixed<string>
  choice: Fixed<Choice>
  address: Fixed<Buffer | null>
  confirmed_at: Fixed<Date | null>
  failing_since: Fixed<Date | null>
  pending: Fixed<Buffer | null>
  pending_choice: Fixed<Choice | null>
  pending_failed: Fixed<boolean>
  code_expires_at: Fixed<Date | null>
  tries_left: Fixed<number>
}

export interface MailTable {
  account: Fixed<string>
  kind: Fixed<'news' | 'proof' | 'former'>
  state: Fixed<'waiting' | 'done' | 'failed'>
  tries: Fixed<number>
  sent_at: Fixed<Date | null>
}

export interface NoticesTables {
  'notices.message': MessageTable
  'notices.channel': ChannelTable
  'notices.mail': MailTable
}
