import { isCalendarDay } from './days.js'

/** Something that a code has since a day, by its name. */
export interface DatedName {
  readonly code: string
  /** 5 to 120 letters, digits and the marks of titles. */
  readonly name: string
  /** `YYYY-MM-DD` */
  readonly day: string
}

const ONE =
  /^([a-z0-9][a-z0-9._-]{0,60})=([\p{L}\p{N}][\p{L}\p{N} .,:()/§&–-]{4,119}), (\d{4}-\d{2}-\d{2})$/u

/** Reads `CODE=name, YYYY-MM-DD` with semicolons between, each code once; nothing where one of them is none. */
export function datedNames(text: string): readonly DatedName[] | undefined {
  const read = text.split(';').map((part) => {
    const [, code = '', name = '', day = ''] = ONE.exec(part.trim()) ?? []
    return { code, name, day }
  })
  const isWhole = read.every(({ code, day }) => code !== '' && isCalendarDay(day))
  const codes = new Set(read.map(({ code }) => code))
  return isWhole && codes.size === read.length ? Object.freeze(read) : undefined
}
