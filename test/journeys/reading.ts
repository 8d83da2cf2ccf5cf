import type { Page } from 'playwright-core'

/** What a reader of a page meets, found in its HTML without running or drawing it. */
export interface PageFacts {
  readonly lang: string
  readonly dir: string
  readonly title: string
  readonly headings: readonly string[]
  /** How many there are of each landmark. */
  readonly landmarks: Readonly<Record<'main' | 'header' | 'footer' | 'nav', number>>
  /** Navigations without a name of their own. */
  readonly namelessNavs: number
  /** Every text, attributes that are read out included, in the language that the markup declares. */
  readonly texts: readonly PageText[]
  /** `href` of every link, as written. */
  readonly links: readonly string[]
  readonly ids: readonly string[]
  /** Inputs without a label, by name. */
  readonly unlabelled: readonly string[]
  /** Inline scripts and styles, and event attributes; which files may run is the policy's to say. */
  readonly inline: readonly string[]
  /** `action` and method of every form, and whether it carries a CSRF token. */
  readonly forms: readonly { action: string; method: string; hasToken: boolean }[]
}

/** One text node, or one attribute that is read out. */
export interface PageText {
  readonly text: string
  /** The nearest `lang`. */
  readonly lang: string
  /** Inside an element for numbers and codes, which are Latin in every language. */
  readonly isCode: boolean
}

/** As much of the DOM as the reader touches: the project's types are those of Node alone. */
interface El {
  readonly localName: string
  readonly textContent: string
  readonly attributes: Iterable<{ readonly name: string; readonly value: string }>
  readonly labels?: { readonly length: number }
  readonly id: string
  readonly parentElement: El | null
  getAttribute(name: string): string | null
  hasAttribute(name: string): boolean
  closest(selector: string): El | null
  querySelector(selector: string): El | null
  querySelectorAll(selector: string): Iterable<El>
}
interface Doc extends El {
  readonly documentElement: El
  readonly title: string
  createTreeWalker(root: El, what: number): { nextNode(): El | null }
}
declare const DOMParser: new () => { parseFromString(html: string, type: string): Doc }

/** Reads HTML with the browser's own parser; `page` may stand anywhere, nothing in it changes. */
export function readHtml(page: Page, html: string): Promise<PageFacts> {
  return page.evaluate(factsOf, html)
}

/** Runs in the browser, hence alone: it sees nothing of this module. */
function factsOf(html: string): PageFacts {
  const SHOW_TEXT = 4
  const READ_OUT = ['aria-label', 'alt', 'title', 'placeholder', 'aria-description']
  const document = new DOMParser().parseFromString(html, 'text/html')
  const all = (selector: string): El[] => [...document.querySelectorAll(selector)]
  const count = (selector: string): number => all(selector).length
  const text = (element: El, value: string): PageText => ({
    text: value.trim(),
    lang: element.closest('[lang]')?.getAttribute('lang') ?? '',
    isCode: element.closest('.id, .brand-name') !== null,
  })
  const texts: PageText[] = []
  const walker = document.createTreeWalker(document.documentElement, SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement
    if (parent && node.textContent.trim() !== '') texts.push(text(parent, node.textContent))
  }
  for (const name of READ_OUT) {
    for (const element of all(`[${name}]`)) {
      texts.push(text(element, element.getAttribute(name) ?? ''))
    }
  }
  const attributes = all('*').flatMap((element) =>
    [...element.attributes].map(({ name }) => `${element.localName} ${name}`),
  )
  return {
    lang: document.documentElement.getAttribute('lang') ?? '',
    dir: document.documentElement.getAttribute('dir') ?? '',
    title: document.title,
    headings: all('h1').map(({ textContent }) => textContent.trim()),
    landmarks: {
      main: count('main'),
      header: count('body > header'),
      footer: count('body > footer'),
      nav: count('nav'),
    },
    namelessNavs: count('nav:not([aria-label]):not([aria-labelledby])'),
    texts,
    links: all('a').map((link) => link.getAttribute('href') ?? ''),
    ids: all('[id]').map(({ id }) => id),
    unlabelled: all('input:not([type=hidden]), select, textarea')
      .filter(({ labels }) => labels?.length === 0)
      .map((input) => input.getAttribute('name') ?? input.localName),
    inline: [
      ...all('script:not([src]), style').map(({ localName }) => localName),
      ...attributes.filter((name) => / (style|on\w+)$/.test(name)),
    ],
    forms: all('form').map((form) => ({
      action: form.getAttribute('action') ?? '',
      method: form.getAttribute('method') ?? 'get',
      hasToken: form.querySelector('input[type=hidden][name=csrf]') !== null,
    })),
  }
}
