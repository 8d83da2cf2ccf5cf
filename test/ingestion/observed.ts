import type { TestApp } from '../support/app.js'

/** What the portal answered to one request of a test. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  /** The media type without parameters. */
  readonly type: string
  readonly text: string
  /** The JSON object, or an empty one. */
  readonly body: Readonly<Record<string, unknown>>
}

/** Every answer that the tests of a file saw, for comparing them with the OpenAPI document. */
export const observations: (Answer & { readonly method: string; readonly path: string })[] = []

/** Sends a request, and remembers what came back. */
export async function observe(app: TestApp, path: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(`${app.url}${path}`, init)
  const text = await response.text()
  const type = response.headers.get('content-type')?.split(';')[0] ?? ''
  const body = isJson(type) && text !== '' ? (JSON.parse(text) as Record<string, unknown>) : {}
  const answer = { status: response.status, headers: response.headers, type, text, body }
  observations.push({ ...answer, method: (init.method ?? 'GET').toLowerCase(), path })
  return answer
}

/** The OpenAPI document as far as the tests read it. */
export interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

interface Operation {
  readonly operationId: string
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { schema: Schema }>> }>
  >
}

interface Schema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly required?: readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
}

/** What an answer has that the document does not promise, or lacks that it does. */
export function contractFaults(document: OpenApi, seen: (typeof observations)[number]): string[] {
  const path = Object.keys(document.paths).find((template) => patternOf(template).test(seen.path))
  const operation = path === undefined ? undefined : document.paths[path]?.[seen.method]
  const what = `${seen.method} ${seen.path} ${seen.status}`
  const promised = operation?.responses[String(seen.status)]
  if (promised === undefined) return [`${what} is not in the document`]
  if (promised.content === undefined) return seen.text === '' ? [] : [`${what} has a body`]
  const types = Object.entries(promised.content)
  const content = types.find(([type]) => type.split(';')[0] === seen.type)?.[1]
  if (content === undefined) return [`${what} is of type ${seen.type}`]
  if (!isJson(seen.type)) return []
  return schemaFaults(document, { schema: content.schema, value: seen.body, at: what })
}

function isJson(type: string): boolean {
  return /[/+]json$/.test(type)
}

/** Index and width of a tile are one parameter with slashes: OpenAPI cannot say it, so the test does. */
function patternOf(template: string): RegExp {
  const source = template
    .replaceAll('.', '\\.')
    .replace(/\{(\w+)\}/g, (_all, name: string) => (name === 'index' ? '.+' : '[^/]+'))
  return new RegExp(`^${source}$`)
}

function schemaFaults(
  document: OpenApi,
  { schema, value, at }: { schema: Schema; value: unknown; at: string },
): string[] {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.replace('#/components/schemas/', '')
    const target = document.components.schemas[name]
    return target ? schemaFaults(document, { schema: target, value, at }) : [`${at}: no ${name}`]
  }
  if (schema.enum !== undefined)
    return schema.enum.includes(value) ? [] : [`${at}: not in its enum`]
  const types = schema.type === undefined ? [] : [schema.type].flat()
  if (types.length > 0 && !types.includes(typeOf(value))) {
    if (!(types.includes('number') && typeOf(value) === 'integer'))
      return [`${at}: not ${types.join()}`]
  }
  if (Array.isArray(value)) {
    const { items } = schema
    if (items === undefined) return []
    return value.flatMap((item, i) =>
      schemaFaults(document, { schema: items, value: item, at: `${at}[${i}]` }),
    )
  }
  return typeof value === 'object' && value !== null
    ? memberFaults(document, { schema, value: value as Record<string, unknown>, at })
    : []
}

function memberFaults(
  document: OpenApi,
  { schema, value, at }: { schema: Schema; value: Readonly<Record<string, unknown>>; at: string },
): string[] {
  const missing = (schema.required ?? []).filter((name) => !(name in value))
  const known = Object.entries(schema.properties ?? {}).filter(([name]) => name in value)
  return [
    ...missing.map((name) => `${at}: lacks ${name}`),
    ...known.flatMap(([name, member]) =>
      schemaFaults(document, { schema: member, value: value[name], at: `${at}.${name}` }),
    ),
  ]
}

function typeOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return Number.isInteger(value) ? 'integer' : typeof value
}
