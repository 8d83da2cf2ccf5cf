/**
 * What an office does with data, in words of the catalogue: the flow as
 * `operation source>recipient purpose legal-basis`, and the fields, where a code without a dot is one
 * of the Central Register (`family_name` is `azr.family_name`).
 */
export type Act = readonly [flow: string, fields: string]

/** Acts by name. */
export type Acts = Readonly<Record<string, Act>>
