import type { Catalogue } from '../catalogue/index.js'

/** Kinds of data that a request may be about, in the order of the catalogue. */
export function categoriesOf({ fields }: Pick<Catalogue, 'fields'>): readonly string[] {
  return [
    ...new Set(
      fields.all.filter(({ register }) => register !== 'portal').map((one) => one.category),
    ),
  ]
}

/** Fields of a kind, by catalogue number. */
export function fieldsOf(
  { fields }: Pick<Catalogue, 'fields'>,
  category: string,
): readonly number[] {
  return fields.all.filter((field) => field.category === category).map(({ id }) => id)
}

/** All fields in the order of their kinds, by catalogue number. */
export function fieldsByKind(catalogue: Pick<Catalogue, 'fields'>): readonly number[] {
  return categoriesOf(catalogue).flatMap((category) => fieldsOf(catalogue, category))
}
