import fc from 'fast-check'
import { calendarFile } from '../../server/rectification/ics.js'

const event = {
  uid: 'C234-5678@portal.example',
  stamp: new Date('2026-11-22T18:00:00.123Z'),
  day: '2026-12-31',
  summary: 'Frist',
  description: '',
}

/** The value of a property, as a calendar program reads it: lines joined, signs unescaped. */
function read(file: string, name: string): string {
  const lines = file.replaceAll('\r\n ', '').split('\r\n')
  const value = lines.find((line) => line.startsWith(`${name}:`))?.slice(name.length + 1) ?? ''
  return value.replace(/\\([\\;,n])/g, (_all, sign: string) => (sign === 'n' ? '\n' : sign))
}

describe('a calendar file', () => {
  it('has one whole day that keeps nobody busy', () => {
    expect(calendarFile(event).split('\r\n')).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Mirat//Rectification//EN',
      'BEGIN:VEVENT',
      'UID:C234-5678@portal.example',
      'DTSTAMP:20261122T180000Z',
      'DTSTART;VALUE=DATE:20261231',
      'DTEND;VALUE=DATE:20270101',
      'SUMMARY:Frist',
      'DESCRIPTION:',
      'TRANSP:TRANSPARENT',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ])
  })

  it('gives back each text, in lines of at most 75 octets that tear no character', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'ü', 'ع', '😀', ';', ',', '\\', '\n', ' ', ':', 'n'),
      maxLength: 300,
    })
    fc.assert(
      fc.property(text, text, (summary, description) => {
        const file = calendarFile({ ...event, summary, description })
        for (const line of file.split('\r\n')) {
          expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
          expect(line).not.toMatch(/[\r\n]/)
          expect(Buffer.from(line).toString()).toBe(line)
        }
        expect(read(file, 'SUMMARY')).toBe(summary)
        expect(read(file, 'DESCRIPTION')).toBe(description)
      }),
    )
  })

  it('lets no text begin a property of its own', () => {
    const file = calendarFile({ ...event, summary: 'a\r\nATTACH:x\rB\u0000\u0007' })
    expect(file).toContain('SUMMARY:a\\nATTACH:x\\nB\r\n')
  })
})
