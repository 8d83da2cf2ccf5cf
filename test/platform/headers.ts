/** What a response lacks that every one has. */
export function headerFaults({ headers }: { readonly headers: Headers }): readonly string[] {
  const csp = headers.get('content-security-policy') ?? ''
  const policy = [
    "default-src 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "object-src 'none'",
  ]
  const exact = {
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'x-powered-by': null,
    server: null,
  }
  return [
    ...policy.filter((rule) => !csp.includes(rule)),
    ...(/unsafe|https?:|\*/.test(csp) ? [csp] : []),
    ...Object.entries(exact).flatMap(([name, value]) =>
      headers.get(name) === value ? [] : [`${name}: ${headers.get(name)}`],
    ),
  ]
}
