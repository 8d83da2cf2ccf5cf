import { PAGES, PROGRAMS } from '../../support/matrix.js'

/** An address of the portal, as the matrix of roles writes it. */
export interface Address {
  readonly method: 'get' | 'post'
  readonly path: string
  /** The account is gone afterwards. */
  readonly ends?: true
}

/** Every address that there is, written by hand from the design and checked against the routes by a test. */
export const ADDRESSES: readonly Address[] = [...PAGES, ...PROGRAMS]

/** The address that a request asks for; a shipped language stands where a page's address has `:lang`. */
export function addressOf(
  addresses: readonly Address[],
  method: string,
  url: string,
): Address | undefined {
  const path = url.split('?', 1)[0] ?? ''
  const asked = method === 'HEAD' ? 'get' : method.toLowerCase()
  return addresses.find((one) => one.method === asked && patternOf(one.path).test(path))
}

function patternOf(path: string): RegExp {
  const literal = path.replace(/\/$/, '').replaceAll('.', '\\.')
  const words = literal.replace(/\*\w+/, '.+').replaceAll(/:(?!lang)\w+/g, '[^/]+')
  return new RegExp(`^${words.replace(':lang', '(?:de|en|ar)')}/?$`)
}
