import type { Holding } from '../overview/index.js'
import { RESIDENTS, type Resident } from './people.js'
import type { Place } from './places.js'

/** What one office of the demonstration has written about a person in one field. */
export interface DemoRecord {
  readonly office: string
  readonly subject: string
  readonly field: string
  readonly texts: readonly string[]
}

/** Who a person of the demonstration is; nobody is: names and addresses are invented. */
interface Identity {
  readonly family: string
  readonly given: string
  /** Days as registers write them. */
  readonly born: string
  readonly birthPlace: string
  readonly nationality: string
  readonly gender: 'weiblich' | 'männlich'
  readonly married: 'ledig' | 'verheiratet' | 'geschieden'
}

/** The twins differ in nothing but what is not shown. */
const TWIN: Identity = {
  family: 'Tesfay',
  given: 'Selam',
  born: '08.06.1995',
  birthPlace: 'Asmara, Eritrea',
  nationality: 'eritreisch',
  gender: 'weiblich',
  married: 'ledig',
}

const IDENTITIES: Readonly<Record<string, Identity>> = {
  'resident-ar': {
    family: 'Al-Khatib',
    given: 'Layla',
    born: '14.03.1991',
    birthPlace: 'Homs, Syrien',
    nationality: 'syrisch',
    gender: 'weiblich',
    married: 'verheiratet',
  },
  'resident-fa': {
    family: 'Karimi',
    given: 'Arman',
    born: '22.05.2013',
    birthPlace: 'Herat, Afghanistan',
    nationality: 'afghanisch',
    gender: 'männlich',
    married: 'ledig',
  },
  'resident-uk': {
    family: 'Kowalenko',
    given: 'Oksana',
    born: '30.11.1987',
    birthPlace: 'Charkiw, Ukraine',
    nationality: 'ukrainisch',
    gender: 'weiblich',
    married: 'geschieden',
  },
  'resident-tr': {
    family: 'Yıldırım',
    given: 'Emre',
    born: '18.07.1993',
    birthPlace: 'Izmir, Türkei',
    nationality: 'türkisch',
    gender: 'männlich',
    married: 'verheiratet',
  },
  'resident-ru': {
    family: 'Sokolowa',
    given: 'Irina',
    born: '03.02.1979',
    birthPlace: 'Kasan, Russische Föderation',
    nationality: 'russisch',
    gender: 'weiblich',
    married: 'geschieden',
  },
  'resident-en': {
    family: 'O’Brien',
    given: 'Aoife',
    born: '27.10.1990',
    birthPlace: 'Cork, Irland',
    nationality: 'irisch',
    gender: 'weiblich',
    married: 'ledig',
  },
  'resident-withheld': TWIN,
  'resident-plain': TWIN,
}

/** Streets that no place has. */
const ADDRESSES: Readonly<Record<Place, string>> = {
  pforzheim: 'Musterpfad 7, 75172 Pforzheim',
  bielefeld: 'Musterpfad 12, 33602 Bielefeld',
  kalletal: 'Musterpfad 3, 32689 Kalletal',
  stralsund: 'Musterpfad 21, 18435 Stralsund',
  burgenland: 'Musterpfad 9, 06618 Naumburg (Saale)',
  torgau: 'Musterpfad 5, 04860 Torgau',
  reutlingen: 'Musterpfad 15, 72764 Reutlingen',
}

/** What each field of a register holds of an identity; every other field is not connected. */
const WRITTEN: Readonly<Record<string, (identity: Identity, address: string) => string>> = {
  'azr.family_name': ({ family }) => family,
  'azr.given_names': ({ given }) => given,
  'azr.birth_date': ({ born }) => born,
  'azr.birth_place': ({ birthPlace }) => birthPlace,
  'azr.gender': ({ gender }) => gender,
  'azr.nationality': ({ nationality }) => nationality,
  'azr.marital_status': ({ married }) => married,
  'azr.address_current': (_identity, address) => address,
  'mr.identity': ({ family, given, born }) => `${family}, ${given}, geboren am ${born}`,
  'mr.address': (_identity, address) => address,
  'mr.family': ({ married }) => married,
}

/** What an office once misheard or guessed: the first of January stands for an unknown birthday. */
const MISTAKES: Readonly<Record<string, Readonly<Record<string, Partial<Identity>>>>> = {
  'resident-ar': { abh: { family: 'Alkatib', born: '01.01.1991' } },
  'resident-tr': { abh: { family: 'Yildirim' } },
}

/** The residents whose offices answer: a letter alone opens no value, so nobody is asked there. */
export const RECORDED: readonly string[] = RESIDENTS.map(({ name }) => name).filter(
  (name) => IDENTITIES[name] !== undefined,
)

/** What the offices that hold a person's identity by the log have written, the same at every start. */
export function recordsOf(name: string, held: readonly Holding[]): readonly DemoRecord[] {
  const person = RESIDENTS.find((resident) => resident.name === name)
  const identity = IDENTITIES[name]
  if (person === undefined || identity === undefined) return []
  const records = held.flatMap(({ holder, subject, field, endedAt }) => {
    const write = WRITTEN[field.code]
    if (write === undefined || endedAt !== undefined || !answers(holder)) return []
    const mistaken = { ...identity, ...MISTAKES[name]?.[holder.authority] }
    const texts = [write(mistaken, addressOf(person))]
    return [{ office: holder.code, subject, field: field.code, texts }]
  })
  const keyed = records.map((record) => [JSON.stringify(record), record] as const)
  return [...new Map(keyed).values()]
}

/** Offices of towns and districts; the others are not connected, as it will be for a long time. */
function answers({ code, level }: Holding['holder']): boolean {
  return code.startsWith('i.') && level === 'municipal'
}

function addressOf({ homes }: Resident): string {
  return ADDRESSES[homes.at(-1)?.place ?? homes[0].place]
}
