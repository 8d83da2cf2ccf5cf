import PDFDocument from 'pdfkit'
import type { Standard } from '../kernel/letter.js'

/** An object of the file that others point to before it is written. */
export interface Reference {
  data: Record<string, unknown>
  write(chunk: string | Uint8Array): void
  end(chunk?: string | Uint8Array): void
}

/** A bookmark that may have others below it; `Count` is that of all which are seen below it (ISO 32000-1, 12.3.3). */
export interface Bookmark {
  readonly outlineData: { Count?: number }
  addItem(title: string, options: object): Bookmark
}

/** The root of the structure; its parent tree finds the elements of a page's marks. */
interface Tree {
  K?: readonly object[]
  readonly ParentTree: { add(key: number, elements: object): unknown }
}

/** What is used of PDFKit; its types are of an older version and know less. */
export interface Container {
  readonly page: { readonly resources: Reference; readonly dictionary: Reference }
  readonly outline: Bookmark
  readonly readableLength: number
  ref(data: object): Reference
  getStructTreeRoot(): { readonly data: Tree }
  createStructParentTreeNextKey(): number
  addContent(operators: string): unknown
  addPage(options: { readonly size: readonly number[] }): unknown
  appendXML(xml: string): void
  read(): Uint8Array | null
  end(): void
}

/** What stands in the file's properties. */
export interface Properties {
  readonly Title: string
  readonly Author: string
  readonly Subject?: string
  readonly CreationDate: Date
}

/** The version of PDF on which a standard rests: PDF/A-1 forbids what came later (ISO 19005-1, 6.1.1). */
const VERSIONS = { 'PDF/A-2a': '1.7', 'PDF/A-1b': '1.4' } as const

/** An empty file without a page, tagged, that claims its standard and PDF/UA-1 (ISO 14289-1). */
export function openContainer(
  { lang, standard }: { readonly lang: string; readonly standard: Standard },
  { Title, Author, Subject, CreationDate }: Properties,
): Container {
  const container = new PDFDocument({
    autoFirstPage: false,
    pdfVersion: VERSIONS[standard],
    tagged: true,
    displayTitle: true,
    subset: standard,
    lang,
    // Without this PDFKit would set its own font, which is not embedded.
    font: '',
    info: {
      CreationDate,
      Title: escapedInXml(Title),
      Author: escapedInXml(Author),
      Creator: escapedInXml(Author),
      ...(Subject === undefined ? {} : { Subject: escapedInXml(Subject) }),
    },
  }) as unknown as Container
  container.appendXML(UA_CLAIM)
  return container
}

/** PDFKit puts properties into the XML of the metadata as they are, but reads their letters one by one elsewhere. */
class EscapedInXml extends String {
  override toString(): string {
    return this.valueOf().replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)
  }

  override charCodeAt(index: number): number {
    return this.valueOf().charCodeAt(index)
  }
}

function escapedInXml(text: string): string {
  return new EscapedInXml(text) as unknown as string
}

const PDFA = 'http://www.aiim.org/pdfa/ns'

/** PDF/A allows a name space that it does not know only with its description (ISO 19005-2, 6.6.2.3.3). */
const UA_CLAIM = `<rdf:Description rdf:about="" xmlns:pdfaExtension="${PDFA}/extension/"
  xmlns:pdfaSchema="${PDFA}/schema#" xmlns:pdfaProperty="${PDFA}/property#">
  <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
    <pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
    <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
    <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
    <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
      <pdfaProperty:name>part</pdfaProperty:name>
      <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
      <pdfaProperty:category>internal</pdfaProperty:category>
      <pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
    </rdf:li></rdf:Seq></pdfaSchema:property>
  </rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
  <pdfuaid:part>1</pdfuaid:part>
</rdf:Description>`
