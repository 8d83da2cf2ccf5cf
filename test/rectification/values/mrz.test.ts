import fc from 'fast-check'
import { parseMrz, type MrzDocument } from '../../../server/rectification/values/mrz.js'
import { digit, papers, print, type Paper } from './mrz-writer.js'

const TODAY = '2026-11-22'

function read(text: string): MrzDocument {
  const reading = parseMrz(text, TODAY)
  if (!reading.ok) throw new Error(JSON.stringify(reading.faults))
  return reading.document
}

function faults(text: string) {
  const reading = parseMrz(text, TODAY)
  return reading.ok ? [] : reading.faults
}

const held = ({ checks }: MrzDocument) => checks.filter(({ holds }) => holds).map((c) => c.field)
const fields = (paper: Paper) => [
  'number',
  'birth',
  'expiry',
  ...(paper.form === 'TD3' ? ['optional'] : []),
  ...(paper.form.startsWith('MRV') ? [] : ['composite']),
]

const birthOf = (text: string) => {
  const [yy, month, day] = [text.slice(0, 2), text.slice(2, 4), text.slice(4)]
  const years = yy === '..' ? [] : [2000, 1900].map((century) => century + Number(yy))
  return {
    years: years.filter((year) => year <= 2026 && year >= 1901),
    ...(month === '..' ? {} : { month: Number(month) }),
    ...(day === '..' ? {} : { day: Number(day) }),
  }
}

/** The same line with one digit turned into another. */
const broken = (line: string, column: number) => {
  const other = String((Number(line[column - 1]) + 3) % 10)
  return line.slice(0, column - 1) + other + line.slice(column)
}

describe('a machine-readable zone', () => {
  it.each(papers().map((paper, at) => [at, paper.form, paper] as const))(
    'number %i, a %s, is read as it was printed, and each broken digit is found',
    (_at, _form, paper) => {
      const lines = print(paper)
      const document = read(lines.join('\n'))
      expect(document).toMatchObject({
        kind: paper.form,
        documentCode: paper.code,
        issuer: paper.issuer,
        nationality: paper.nationality,
        number: paper.number,
        name: { primary: paper.family, secondary: paper.given, mayBeCut: false },
        birth: birthOf(paper.birth),
        sex: { F: 'female', M: 'male', '': 'unspecified' }[paper.sex],
        expiry: `20${paper.expiry.slice(0, 2)}-${paper.expiry.slice(2, 4)}-${paper.expiry.slice(4)}`,
        optional: paper.extra === '' ? [] : [paper.extra],
      })
      expect(held(document)).toEqual(fields(paper))
      for (const { field, line, column } of document.checks) {
        const wrong = lines.map((text, at) => (at === line - 1 ? broken(text, column) : text))
        const others = fields(paper).filter((other) => other !== field && other !== 'composite')
        expect(held(read(wrong.join('\n'))).filter((other) => other !== 'composite')).toEqual(
          field === 'composite' ? fields(paper).slice(0, -1) : others,
        )
        if (field === 'composite') expect(held(read(wrong.join('\n')))).not.toContain(field)
      }
    },
  )

  it('of the specimens in the standard fits all its digits', () => {
    const passport = read(
      'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10',
    )
    expect(held(passport)).toEqual(['number', 'birth', 'expiry', 'optional', 'composite'])
    expect(passport).toMatchObject({ number: 'L898902C3', optional: ['ZE184226B'] })
    const card = read(
      'I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<',
    )
    expect(held(card)).toEqual(['number', 'birth', 'expiry', 'composite'])
    const visitor = read(
      'I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD231458907UTO7408122F1204159<<<<<<<6',
    )
    expect(held(visitor)).toEqual(['number', 'birth', 'expiry', 'composite'])
    const german = read(
      'IDD<<T220001293<<<<<<<<<<<<<<<\n6408125<2010315D<<<<<<<<<<<<<4\nMUSTERMANN<<ERIKA<<<<<<<<<<<<<',
    )
    expect(german).toMatchObject({ issuer: 'D', nationality: 'D', sex: 'unspecified' })
    expect(held(german)).toEqual(['number', 'birth', 'expiry', 'composite'])
  })
})

const PAPER = papers().find(({ form }) => form === 'TD3') as Paper
const [TOP = '', BOTTOM = ''] = print({ ...PAPER, number: 'C01X0006H', birth: '850312' })

describe('what was typed', () => {
  it.each([
    ['in small letters', `${TOP}\n${BOTTOM}`.toLowerCase()],
    ['with spaces', `${TOP.replace(/(.{5})/g, '$1 ')}\n  ${BOTTOM}\t`],
    ['with empty lines and carriage returns', `\r\n${TOP}\r\n\r\n${BOTTOM}\r\n`],
    ['without a line break', TOP + BOTTOM],
    ['with one sign for two fillers', `${TOP.replaceAll('<<', '«')}\n${BOTTOM}`],
    ['with another sign for each filler', `${TOP.replaceAll('<', '«')}\n${BOTTOM}`],
    ['with single angle quotes', `${TOP.replaceAll('<', '‹')}\n${BOTTOM}`],
  ])('%s is read the same', (_how, text) => {
    expect(read(text)).toEqual(read(`${TOP}\n${BOTTOM}`))
  })

  it('is told by line and column what is wrong with it, and never mended in silence', () => {
    const at = (line: string, column: number, character: string) =>
      line.slice(0, column - 1) + character + line.slice(column)
    expect(faults('')).toEqual([{ code: 'LINES', found: 0 }])
    expect(faults('a\nb\nc\nd')).toEqual([{ code: 'LINES', found: 4 }])
    expect(faults(`${TOP}\n${BOTTOM.slice(0, 40)}`)).toEqual([
      { code: 'LENGTH', line: 2, column: 41, expected: 44 },
    ])
    expect(faults(`${TOP}<\n${BOTTOM}`)).toEqual([
      { code: 'LENGTH', line: 1, column: 45, expected: 44 },
    ])
    expect(faults(`${at(TOP, 7, '0')}\n${at(BOTTOM, 16, 'O')}`)).toEqual([
      { code: 'CHARACTER', line: 1, column: 7, character: '0', looksLike: 'O' },
      { code: 'CHARACTER', line: 2, column: 16, character: 'O', looksLike: '0' },
    ])
    expect(faults(`${at(TOP, 7, 'ß')}\n${at(BOTTOM, 21, 'X')}`)).toEqual([
      { code: 'CHARACTER', line: 1, column: 7, character: 'ß' },
      { code: 'CHARACTER', line: 2, column: 21, character: 'X' },
    ])
    expect(faults(`${at(TOP, 7, '😀')}\n${BOTTOM}`)).toEqual([
      { code: 'CHARACTER', line: 1, column: 7, character: '😀' },
    ])
    expect(faults(`${TOP}\n${at(at(BOTTOM, 16, '1'), 17, '3')}`)).toEqual([
      { code: 'DATE', line: 2, column: 14 },
    ])
    const neither = at(at(BOTTOM, 16, '0'), 17, '0')
    expect(faults(`${TOP}\n${at(neither, 22, '<')}`)).toEqual([
      { code: 'DATE', line: 2, column: 14 },
      { code: 'DATE', line: 2, column: 22 },
    ])
  })

  it('with O for 0 in the number is asked about, not changed', () => {
    const wrong = BOTTOM.replace('C01X0006H', 'C01XO006H')
    const [check] = read(`${TOP}\n${wrong}`).checks
    expect(read(`${TOP}\n${wrong}`).number).toBe('C01XO006H')
    expect(check).toMatchObject({ field: 'number', holds: false })
    const meant = check?.looksLike
    expect(meant === undefined || digit(meant) === wrong[9]).toBe(true)
    const one = `${'C1XO6H<<<'}${digit('C1X06H<<<')}${BOTTOM.slice(10)}`
    expect(read(`${TOP}\n${one}`).checks[0]?.looksLike).toBe('C1X06H')
  })

  it('gives a code or a document, whatever it is', () => {
    const line = fc.string({
      unit: fc.constantFrom(...'AOD0159<<<«s ß'),
      minLength: 28,
      maxLength: 46,
    })
    fc.assert(
      fc.property(fc.array(line, { maxLength: 4 }), fc.string(), (lines, noise) => {
        expect(typeof parseMrz([...lines, noise].join('\n'), TODAY).ok).toBe('boolean')
        expect(typeof parseMrz(lines.join('\n'), TODAY).ok).toBe('boolean')
      }),
    )
  })
})

describe('what a zone leaves open', () => {
  const withBirth = (birth: string, today: string) => {
    const reading = parseMrz(print({ ...PAPER, birth }).join('\n'), today)
    return reading.ok ? reading.document.birth : undefined
  }

  it.each([
    ['850312', TODAY, { years: [1985], month: 3, day: 12 }],
    ['261122', TODAY, { years: [2026, 1926], month: 11, day: 22 }],
    ['261123', TODAY, { years: [1926], month: 11, day: 23 }],
    ['2612..', TODAY, { years: [1926], month: 12 }],
    ['000229', TODAY, { years: [2000], month: 2, day: 29 }],
    ['000229', '2024-01-01', { years: [2000], month: 2, day: 29 }],
    ['010229', TODAY, undefined],
    ['85....', TODAY, { years: [1985] }],
    ['..0229', TODAY, { years: [], month: 2, day: 29 }],
    ['..0230', TODAY, undefined],
    ['85..31', TODAY, { years: [1985], day: 31 }],
    ['85..32', TODAY, undefined],
    ['850012', TODAY, undefined],
    ['......', TODAY, { years: [] }],
  ])('of a birth %s, read on %s, is what it is', (birth, today, expected) => {
    expect(withBirth(birth, today)).toEqual(expected)
  })

  it('of an expiry is its century, taken near today, or the day itself', () => {
    const expiry = (text: string) => read(print({ ...PAPER, expiry: text }).join('\n')).expiry
    expect([expiry('991231'), expiry('350101'), expiry('760101'), expiry('......')]).toEqual([
      '1999-12-31',
      '2035-01-01',
      '2076-01-01',
      null,
    ])
  })

  it('of a long name is its end', () => {
    const long = { ...PAPER, family: 'NGUYEN', given: 'A'.repeat(31) }
    expect(read(print(long).join('\n')).name.mayBeCut).toBe(true)
  })
})
