declare module 'jsonld' {
  type Document = Readonly<Record<string, unknown>>
  interface Options {
    readonly documentLoader: (url: string) => Promise<never>
  }
  const jsonld: {
    expand(document: object, options: Options): Promise<readonly Document[]>
    toRDF(document: object, options: Options & { format: 'application/n-quads' }): Promise<string>
  }
  export default jsonld
}
