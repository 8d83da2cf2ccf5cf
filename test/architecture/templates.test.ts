import { physicalSides } from './support/styles.js'
import { hasDocument, inlineCode, sentences, speechless, unescaped } from './support/templates.js'
import { house, pathsIn, treeOf } from './support/tree.js'

describe('the templates of the house', () => {
  it('hold no sentences', () => {
    expect(sentences(house)).toEqual([])
  })

  it('escape every value', () => {
    expect(unescaped(house)).toEqual([])
  })

  it('hold no style and no script', () => {
    expect(inlineCode(house)).toEqual([])
  })

  it('say language and direction on every page', () => {
    expect(speechless(house)).toEqual([])
    expect(hasDocument(house)).toBe(pathsIn(house, ['views'], ['.hbs']).length > 0)
  })
})

describe('the style sheets of the house', () => {
  it('know no left and no right', () => {
    expect(physicalSides(house)).toEqual([])
  })
})

const view = (text: string) => treeOf({ 'views/overview/x.hbs': text })
const sheet = (text: string) => treeOf({ 'views/assets/x.css': text })

describe('a planted template', () => {
  it.each([
    '<p>Ihre Daten</p>',
    '<p>{{t "overview:a"}} Ämter</p>',
    '{{#if a}}<p>{{b}}</p>{{else}}<p>اسم</p>{{/if}}',
    '<img alt="Wappen" src="x.svg">',
    '<a aria-label="Zur {{name}} Seite" href="#x"></a>',
    '<input type="submit" value="Senden">',
    '<meta name="description" content="Ein Satz">',
    '{{> notice text="Zwei Wörter"}}',
  ])('holds no sentence: %s', (text) => {
    expect(sentences(view(text))).toHaveLength(1)
  })

  it('may hold signs, names, values, classes and comments', () => {
    const text = [
      '<!-- Ein Kommentar --><title>{{title}} · Mirat</title>{{! noch einer }}',
      '<p class="lead {{#if wide}}wide{{/if}}" id="main-part">&nbsp;{{count}} × 2 &middot; {{t "overview:a"}}</p>',
      '<input type="hidden" name="choice" value="letter">{{> card class="big card" text=(t "overview:b")}}',
    ].join('\n')
    expect(sentences(view(text))).toEqual([])
  })

  it.each(['{{{name}}}', '{{&name}}', '{{#if a}}{{{b}}}{{/if}}'])('escapes: %s', (text) => {
    expect(unescaped(view(text))).toHaveLength(1)
    expect(unescaped(view('{{name}}'))).toEqual([])
  })

  it.each([
    '<p style="color: red">{{a}}</p>',
    '<button onclick="go()">{{a}}</button>',
    '<a href="javascript:go()">{{a}}</a>',
    '<style>{{a}}</style>',
    '<script type="module">{{a}}</script>',
  ])('holds no style and no script: %s', (text) => {
    expect(inlineCode(view(text))).toHaveLength(1)
    expect(inlineCode(view('<script src="{{a}}"></script>'))).toEqual([])
  })

  it('computes the language and the direction of its document', () => {
    expect(speechless(view('<html lang="{{a}}" dir="{{b}}">'))).toEqual([])
    expect(speechless(view('<html lang="de" dir="{{b}}">'))).toHaveLength(1)
    expect(speechless(view('<html lang="{{a}}">'))).toHaveLength(1)
    expect(speechless(view('<html class="no-js">'))).toHaveLength(2)
  })
})

describe('a planted style', () => {
  it.each([
    'a { margin-left: 1px }',
    'a { left: 0; }',
    'a { border-top-right-radius: 1px }',
    'a { text-align: left }',
    'a { float: right; }',
    'a { background: linear-gradient(to right, red, blue) }',
    'a { margin: 0 1px 0 2px }',
    '@media (width > 1px) { a { padding: 0 calc(1px + 2px) 0 1px } }',
  ])('names no side of the screen: %s', (text) => {
    expect(physicalSides(sheet(text))).toHaveLength(1)
  })

  it('may name sides of the text, and words that only look like sides', () => {
    const text = [
      '/* left: 0 */ a { margin-inline-start: 1px; margin: 0 1px 2px 1px; inset-inline-end: 0 }',
      '.icon-left { --left: 1px; text-align: start; background: url(left.svg) }',
      "a::after { content: 'to the right' } a[href$='left'] { color: red }",
      'a { padding: 0 calc(1px + 2px) 0 calc(1px + 2px) }',
    ].join('\n')
    expect(physicalSides(sheet(text))).toEqual([])
  })

  it('is found on its line', () => {
    expect(physicalSides(sheet('a {\n  color: red;\n  left: 0;\n}'))[0]).toContain('x.css:3 ')
  })
})
