import { parseForm, parseQuery } from '../../server/platform/http/parse.js'

const headers = { 'content-type': 'application/x-www-form-urlencoded' }
const form = (body: string | Buffer) => () => parseForm(headers, Buffer.from(body))
const query = (text: string) => () => parseQuery(`/de/me?${text}`)

const refusal = expect.objectContaining({ code: 'BAD_REQUEST' }) as Error

describe('what a form or an address carries', () => {
  it('is what was sent, in whatever script', () => {
    const sent = 'a=%D9%85%D8%B1%D8%A2%D8%A9+%F0%9F%AA%9E&b='
    expect([...form(sent)()]).toEqual([
      ['a', 'مرآة 🪞'],
      ['b', ''],
    ])
    expect([...query(sent)()]).toEqual([...form(sent)()])
  })

  it.each(['a=%ff', 'a=%c3', 'a=%ed%a0%80', 'a=%', 'a=%zz', 'a=%00', 'a%00=b', '%c0%80=a'])(
    'is refused where it is no clean text: %s',
    (sent) => {
      expect(form(sent)).toThrow(refusal)
      expect(query(sent)).toThrow(refusal)
    },
  )

  it('is refused beyond a hundred pairs', () => {
    const pairs = (count: number) => Array.from({ length: count }, () => 'a=b').join('&')
    expect([...form(pairs(100))()]).toHaveLength(100)
    expect(form(pairs(101))).toThrow(refusal)
  })
})
