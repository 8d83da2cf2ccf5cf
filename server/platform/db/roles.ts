/** The database roles without their prefix; `owner` and `reporting_owner` cannot log in. */
export const ROLES = [
  'owner',
  'reporting_owner',
  'web_public',
  'web_resident',
  'web_staff',
  'web',
  'ingest',
  'worker',
  'reporting',
  'watch',
  'retention',
] as const
export type RoleName = (typeof ROLES)[number]

/** Roles with a password, one pool each. */
export const LOGINS = ['web', 'ingest', 'worker', 'reporting', 'watch', 'retention'] as const
export type Login = (typeof LOGINS)[number]

/** Role names of one installation; several may share a server, so a prefix keeps them apart. */
export type Roles = Readonly<Record<RoleName, string>>

/** What a role prefix may look like: a plain lower-case identifier. */
export const PREFIX = /^[a-z][a-z0-9_]{0,30}$/

/** The roles under a prefix; throws where the prefix is no plain lower-case identifier. */
export function rolesOf(prefix: string): Roles {
  if (!PREFIX.test(prefix)) throw new Error('the role prefix must be a lower-case identifier')
  const pairs = ROLES.map((name) => [name, `${prefix}_${name}`] as const)
  return Object.fromEntries(pairs) as Record<RoleName, string>
}
