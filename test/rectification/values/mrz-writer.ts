/** Prints machine-readable zones, without a line of the code that reads them. */

export type Form = 'TD1' | 'TD2' | 'TD3' | 'MRV-A' | 'MRV-B'

export interface Paper {
  readonly form: Form
  readonly code: string
  readonly issuer: string
  readonly family: string
  readonly given: string
  readonly number: string
  readonly nationality: string
  /** `YYMMDD`, dots for what is unknown. */
  readonly birth: string
  readonly sex: 'F' | 'M' | ''
  readonly expiry: string
  readonly extra: string
}

const fill = (text: string, length: number) =>
  text.replaceAll(' ', '<').replaceAll('.', '<').slice(0, length).padEnd(length, '<')

/** The digit by long addition: each character's value, times 7, 3, 1 in turn. */
export function digit(text: string): string {
  let sum = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    const value = code === 60 ? 0 : code < 58 ? code - 48 : code - 55
    sum += value * (i % 3 === 0 ? 7 : i % 3 === 1 ? 3 : 1)
  }
  return `${sum % 10}`
}

const names = ({ family, given }: Paper, length: number) =>
  fill(given === '' ? family : `${family}<<${given}`, length)

function card(paper: Paper): string[] {
  const long = paper.number.length > 9
  const rest = long ? paper.number.slice(9) + digit(paper.number) + '<' : ''
  const start = fill(paper.number, 9)
  const one = `${fill(paper.code, 2)}${fill(paper.issuer, 3)}${start}${long ? '<' : digit(start)}`
  const first = one + fill(rest + paper.extra, 15)
  const birth = fill(paper.birth, 6)
  const expiry = fill(paper.expiry, 6)
  const two = `${birth}${digit(birth)}${fill(paper.sex, 1)}${expiry}${digit(expiry)}`
  const second = `${two}${fill(paper.nationality, 3)}${fill('', 11)}`
  const all = first.slice(5) + second.slice(0, 7) + second.slice(8, 15) + second.slice(18)
  return [first, second + digit(all), names(paper, 30)]
}

function booklet(paper: Paper): string[] {
  const wide = paper.form === 'TD3' || paper.form === 'MRV-A'
  const length = wide ? 44 : 36
  const number = fill(paper.number, 9)
  const birth = fill(paper.birth, 6)
  const expiry = fill(paper.expiry, 6)
  const first = `${fill(paper.code, 2)}${fill(paper.issuer, 3)}${names(paper, length - 5)}`
  const second =
    number +
    digit(number) +
    fill(paper.nationality, 3) +
    birth +
    digit(birth) +
    fill(paper.sex, 1) +
    expiry +
    digit(expiry)
  if (paper.form.startsWith('MRV')) return [first, second + fill(paper.extra, length - 28)]
  const extra = fill(paper.extra, wide ? 14 : 7)
  const closed = second + extra + (wide ? digit(extra) : '')
  const all = closed.slice(0, 10) + closed.slice(13, 20) + closed.slice(21)
  return [first, closed + digit(all)]
}

/** The lines of a paper. */
export function print(paper: Paper): string[] {
  return paper.form === 'TD1' ? card(paper) : booklet(paper)
}

const FORMS: readonly Form[] = ['TD1', 'TD2', 'TD3', 'MRV-A', 'MRV-B']
const CODES = { TD1: 'ID', TD2: 'ID', TD3: 'P', 'MRV-A': 'V', 'MRV-B': 'VC' }
const PEOPLE = [
  ['MUSTERMANN', 'ERIKA'],
  ['AL HUSSEIN', 'MOHAMMAD ALI'],
  ['SUHARTO', ''],
  ['NGUYEN', 'THI HUONG'],
  ['O CONNOR SMITH', 'ENYA SIOBHAN'],
  ['TESFAYE', 'SELAM'],
  ['SHEVCHENKO', 'IVANNA'],
  ['REZAI', ''],
] as const
const STATES = ['D', 'SYR', 'AFG', 'UKR', 'TUR', 'ERI', 'IRN', 'UTO', 'XXA', 'RUS'] as const
const BIRTHS = ['850312', '640812', '000229', '101231', '85....', '8503..', '......'] as const

/** Forty papers of all forms, the same ones each time. */
export function papers(): Paper[] {
  return Array.from({ length: 40 }, (_, at) => {
    const form = FORMS[at % FORMS.length] as Form
    const [family, given] = PEOPLE[at % PEOPLE.length] as (typeof PEOPLE)[number]
    return {
      form,
      code: CODES[form],
      issuer: STATES[(at * 3) % STATES.length] as string,
      family,
      given,
      number: form === 'TD1' && at % 3 === 0 ? `D23145890734${at}` : `C01X${at}H${at % 7}`,
      nationality: STATES[(at * 7 + 1) % STATES.length] as string,
      birth: BIRTHS[at % BIRTHS.length] as string,
      sex: (['F', 'M', ''] as const)[at % 3] as 'F' | 'M' | '',
      expiry: `${24 + (at % 12)}0${1 + (at % 9)}15`,
      extra: at % 4 === 0 ? `AB${at}` : '',
    }
  })
}
