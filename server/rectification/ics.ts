import { daysAfter, type Day } from './days.js'

/** One day to be entered in somebody's calendar; all texts are shown by programs of others. */
export interface CalendarDay {
  /** Unique for all time, and the same when the file is made again (RFC 5545 section 3.8.4.7). */
  readonly uid: string
  /** When the file was made. */
  readonly stamp: Date
  readonly day: Day
  readonly summary: string
  readonly description: string
}

const MOST_OCTETS = 75
const LINE_END = '\r\n'
const CONTROLS = /[^\P{Cc}\n]/gu
/** Octets of the space that begins a continued line. */
const INDENT = 1

/** The text of a calendar file with one all-day event, which keeps nobody busy (RFC 5545). */
export function calendarFile(event: CalendarDay): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Mirat//Rectification//EN',
    'BEGIN:VEVENT',
    `UID:${escaped(event.uid)}`,
    `DTSTAMP:${event.stamp.toISOString().replace(/[-:]|\.\d+/g, '')}`,
    `DTSTART;VALUE=DATE:${basic(event.day)}`,
    `DTEND;VALUE=DATE:${basic(daysAfter(event.day, 1))}`,
    `SUMMARY:${escaped(event.summary)}`,
    `DESCRIPTION:${escaped(event.description)}`,
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
    'END:VCALENDAR',
  ]
  return lines.map((line) => folded(line) + LINE_END).join('')
}

function basic(day: Day): string {
  return day.replaceAll('-', '')
}

/** Section 3.3.11: backslash, semicolon, comma and line breaks; other controls are dropped. */
function escaped(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(CONTROLS, '')
    .replace(/[\\;,]/g, '\\$&')
    .replaceAll('\n', '\\n')
}

/** Section 3.1: no line has more than 75 octets; no character is torn apart. */
function folded(line: string): string {
  const rows: string[] = []
  let [row, octets] = ['', 0]
  for (const character of line) {
    const size = Buffer.byteLength(character)
    if (octets + size > MOST_OCTETS) {
      rows.push(row)
      ;[row, octets] = ['', INDENT]
    }
    row += character
    octets += size
  }
  return [...rows, row].join(`${LINE_END} `)
}
