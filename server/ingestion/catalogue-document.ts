import type { Catalogue, CatalogueTexts } from '../catalogue/index.js'

/** The part of the catalogue that is published. */
export type PublicCatalogue = Pick<
  Catalogue,
  'version' | 'parties' | 'fields' | 'purposes' | 'legalBases' | 'units' | 'flows' | 'texts'
>

/** A text in the language that counts and in English. */
interface Texts {
  readonly de: string
  readonly en: string
}

/** Every code that an event may name, with its texts, and the flows that the law knows. */
export function catalogueDocument(catalogue: PublicCatalogue): object {
  const inBoth = bothOf(catalogue.texts('de'), catalogue.texts('en'))
  return {
    version: catalogue.version,
    parties: catalogue.parties.all.map(({ code, kind, authority, hasOffices }) => ({
      ...{ code, kind, authority },
      deliverable: kind === 'office' || !hasOffices,
      name: inBoth((texts) => texts.party(code).name),
    })),
    fields: catalogue.fields.all.map(({ code, register, category, art9 }) => ({
      ...{ code, register, category, art9 },
      label: inBoth((texts) => texts.field(code).label),
    })),
    purposes: catalogue.purposes.all.map(({ code, kind }) => ({
      ...{ code, kind },
      name: inBoth((texts) => texts.purpose(code).name),
    })),
    legalBases: catalogue.legalBases.all.map(({ code, citation }) => ({
      ...{ code, citation },
      title: inBoth((texts) => texts.legalBasis(code).title),
    })),
    units: catalogue.units.all.map(({ code }) => ({
      code,
      label: inBoth((texts) => texts.unit(code).label),
    })),
    flows: catalogue.flows.map((flow) => {
      const { code, register, source, recipient, operation, purpose, legalBasis } = flow
      const { fields, disclosure } = flow
      return {
        code,
        register,
        source,
        recipient,
        operation,
        purpose,
        legalBasis,
        fields,
        disclosure,
      }
    }),
  }
}

function bothOf(de: CatalogueTexts, en: CatalogueTexts) {
  return (read: (texts: CatalogueTexts) => string): Texts => ({ de: read(de), en: read(en) })
}
