import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import Handlebars from 'handlebars'
import type { Assets } from './assets.js'
import { createFormats } from './formats.js'
import { GERMAN, LANGUAGES } from './languages.js'
import type { Texts } from './texts.js'
import type { ViewContext } from './view-context.js'
import { frameOf } from './view-frame.js'
import { HELPERS, registerHelpers, type ViewData } from './view-helpers.js'

export type { NavigationItem, ViewContext, ViewPage } from './view-context.js'

/** A page to make: `view` is `room/page`; `model.title` is its title, already translated. */
export interface Rendering {
  readonly view: string
  readonly model: object
  readonly context: ViewContext
  /** The one script of the page. */
  readonly script?: 'passkey'
}

/** Turns view models into whole pages. */
export interface Views {
  /** The HTML document; throws on a missing view, title, text or list, never prints a hole. */
  render(rendering: Rendering): string
}

interface Parts {
  readonly viewsDir: string
  readonly assets: Assets
  readonly texts: Texts
  /** Templates are read again after a change; never in production. */
  readonly development?: boolean
  /** Templates are compiled when they are first rendered; only where a start has shown that all of them compile. */
  readonly lazy?: boolean
}

/** Compiles everything in `views/` once, unless lazy; a template that does not parse stops the start. */
export function createViews(parts: Parts): Views {
  const { viewsDir, assets, texts, development = false, lazy = false } = parts
  const formats = new Map(LANGUAGES.map((language) => [language.tag, createFormats(language)]))
  const german = texts.in(GERMAN)
  let stamp = newest(viewsDir)
  let templates = compile(viewsDir, lazy)

  const templatesNow = (): Templates => {
    const latest = development ? newest(viewsDir) : stamp
    if (latest > stamp) {
      templates = compile(viewsDir, lazy)
      stamp = latest
    }
    return templates
  }

  return {
    render: ({ view, model, context, script }) => {
      const { language } = context
      const tools: ViewData = {
        frame: {
          ...frameOf(context, assets),
          ...(script === undefined ? {} : { script: assets.scripts[script] }),
        },
        context,
        formats: formats.get(language.tag) ?? createFormats(language),
        german,
      }
      return whole(templatesNow(), { view, model }, { view: tools })
    },
  }
}

/** The page inside its layout; faults name the view. */
function whole(
  templates: Templates,
  { view, model }: Pick<Rendering, 'view' | 'model'>,
  data: { readonly view: ViewData },
): string {
  try {
    const { title } = model as { title?: unknown }
    if (typeof title !== 'string' || title === '') throw new Error('it has no title')
    const body = new Handlebars.SafeString(templates.find(view)(model, { data }))
    return templates.find('layouts/page')({ title, body }, { data })
  } catch (cause) {
    throw new Error(`${view}: ${cause instanceof Error ? cause.message : ''}`, { cause })
  }
}

type Template = Handlebars.TemplateDelegate
interface Templates {
  find(name: string): Template
}

/** Partials see only what they are handed, unknown helpers do not compile, missing fields throw. */
const OPTIONS: CompileOptions = {
  strict: true,
  explicitPartialContext: true,
  knownHelpers: Object.fromEntries(HELPERS.map((name) => [name, true])),
  knownHelpersOnly: true,
}

function compile(viewsDir: string, lazy: boolean): Templates {
  const engine = Handlebars.create()
  registerHelpers(engine)
  const compiled = new Map<string, Template>()
  for (const name of templateNames(viewsDir)) {
    const source = readFileSync(join(viewsDir, `${name}.hbs`), 'utf8')
    if (!lazy) mustCompile(engine, name, source)
    const template = engine.compile(source, OPTIONS)
    if (name.startsWith('partials/'))
      engine.registerPartial(name.slice('partials/'.length), template)
    else compiled.set(name, template)
  }
  return {
    find: (name) => {
      const found = compiled.get(name)
      if (!found) throw new Error(`there is no view ${name}`)
      return found
    },
  }
}

/** `compile` alone is lazy: compiling at once makes a broken template stop the start. */
function mustCompile(engine: typeof Handlebars, name: string, source: string): void {
  try {
    engine.precompile(source, OPTIONS)
  } catch (cause) {
    throw new Error(`views/${name}.hbs does not compile`, { cause })
  }
}

/** `folder/file` of every template, without its ending. */
function templateNames(viewsDir: string): string[] {
  return readdirSync(viewsDir, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.hbs'))
    .map((path) => path.slice(0, -'.hbs'.length).replaceAll('\\', '/'))
    .sort()
}

function newest(viewsDir: string): number {
  return Math.max(
    0,
    ...templateNames(viewsDir).map((name) => statSync(join(viewsDir, `${name}.hbs`)).mtimeMs),
  )
}
