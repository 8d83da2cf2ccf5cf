import { nameHelp } from '../../server/rectification/pages/names.js'

const pen = { t: (key: string) => key.replace('rectification:help.', '') }
const help = (latin: string, stored?: string) =>
  nameHelp(pen, {
    wanted: { form: 'names', latin, onlyOne: false },
    ...(stored === undefined ? {} : { stored }),
  })

describe('the help with names', () => {
  it('names each letter that a passport spells otherwise, once', () => {
    expect(help('Yıldırım Şükrü')).toEqual([{ term: 'letters', code: 'ı → I, Ş → S, ü → UE' }])
    expect(help('Anna')).toEqual([])
  })

  it('says where the lines of a passport cannot tell two names apart', () => {
    expect(help('Yıldırım', 'Yildirim')).toContainEqual({ term: 'lines', text: 'same' })
    expect(help('Alkhatib', 'Al-Khatib')).toContainEqual({ term: 'lines', text: 'differ' })
  })

  it('has nothing to say of what is no name', () => {
    expect(nameHelp(pen, { wanted: { form: 'text', text: 'Şükrü' }, stored: 'x' })).toEqual([])
  })
})
