import { readFile } from 'node:fs/promises'
import type { Log } from '#core/log.ts'
import { appendOnly } from './append-only.ts'
import type { Database, Tx } from './database.ts'

/** The users of the database: the owner of its tables, and the one that the app has (prisma/roles.sql makes both). */
export const databaseUsers = { owner: 'ryadom_migrate', app: 'ryadom_app' } as const
export type DatabaseUsers = { owner: string; app: string }

/** What an administrator has to run, once and in the app's database, for these users. */
export const rolesScript = async ({ owner, app }: DatabaseUsers = databaseUsers): Promise<string> => {
  const script = await readFile(new URL('../../prisma/roles.sql', import.meta.url), 'utf8')
  return script.replaceAll(databaseUsers.owner, owner).replaceAll(databaseUsers.app, app)
}

/** The app deletes rows of these only; rows that refer to them go with them by the right of the owner. */
const deleted: ReadonlySet<string> = new Set([
  'alarming_words',
  'chat_messages',
  'console_challenges',
  'console_identities',
  'console_links',
  'console_passkeys',
  'console_sessions',
  'danger_entries_off',
  'drafts',
  'erasure_errands',
  'failed_updates',
  'family_invites',
  'hidden_chats',
  'idempotent_answers',
  'persons',
  'processed_updates',
  'pushes',
  'search_marks',
  'staff_absences',
  'staff_cards',
  'staff_drafts',
  'staff_invites',
  'staff_messages',
  'staff_photos',
  'subject_keys',
  'survey_answers',
  'together',
  'webhook_endpoints',
  'webhook_events',
])

/** Written by migrations only, or by a function of the owner's. */
const readOnly: ReadonlySet<string> = new Set(['_prisma_migrations', 'audit_forgotten', 'survey_salt'])

/** Functions that run as the owner: nobody but the app may call them. */
const asOwner = [
  'forget_old_audit(date, timestamptz, integer)',
  'forget_unused_consents(uuid)',
  'reseal_values(text, text, tid[], text[], text[])',
  'erase_in_clear(uuid[], uuid[], uuid[], uuid[], timestamptz)',
]

/** What the app may do with a table, as in GRANT. */
export const rightsTo = (table: string): string => {
  if (readOnly.has(table)) return 'SELECT'
  const columns = appendOnly[table]
  if (!columns) return deleted.has(table) ? 'SELECT, INSERT, UPDATE, DELETE' : 'SELECT, INSERT, UPDATE'
  const changing = [...(columns.once ?? []), ...(columns.changing ?? [])]
  return changing.length > 0 ? `SELECT, INSERT, UPDATE (${changing.join(', ')})` : 'SELECT, INSERT'
}

/** Gives the app's user exactly what it needs, and takes what it had besides. Only the owner of the tables can. */
export const grantToApp = (database: Database, app: string): Promise<void> =>
  database.transaction(async (tx) => {
    for (const statement of await statementsFor(tx, app)) await tx.$executeRawUnsafe(statement)
  })

const statementsFor = async (tx: Tx, app: string): Promise<string[]> => {
  const tables = await tx.$queryRaw<{ name: string }[]>`
    SELECT relname::text AS name FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') ORDER BY 1`
  const [user] = await tx.$queryRaw<{ name: string }[]>`SELECT quote_ident(${app}) AS name`
  const role = user?.name ?? ''
  const all = 'SELECT, INSERT, UPDATE, DELETE'
  return [
    `REVOKE ALL ON ALL TABLES IN SCHEMA public, pgboss FROM ${role}`,
    `REVOKE ALL ON ALL SEQUENCES IN SCHEMA public, pgboss FROM ${role}`,
    `REVOKE CREATE ON SCHEMA public, pgboss FROM ${role}`,
    `GRANT USAGE ON SCHEMA public, pgboss TO ${role}`,
    ...tables.map(({ name }) => `GRANT ${rightsTo(name)} ON "${name}" TO ${role}`),
    `GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO ${role}`,
    `GRANT ${all} ON ALL TABLES IN SCHEMA pgboss TO ${role}`,
    `GRANT USAGE ON ALL SEQUENCES IN SCHEMA pgboss TO ${role}`,
    ...asOwner.flatMap((name) => [
      `REVOKE ALL ON FUNCTION ${name} FROM PUBLIC`,
      `GRANT EXECUTE ON FUNCTION ${name} TO ${role}`,
    ]),
    // Between a migration and the grants after it a new table can be read and added to, and nothing else.
    `ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT ON TABLES TO ${role}`,
    `ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO ${role}`,
    `ALTER DEFAULT PRIVILEGES IN SCHEMA pgboss GRANT ${all} ON TABLES TO ${role}`,
  ]
}

/** Says so if the app could change what proves something: it has the owner's user. The embedded database has no other. */
export const warnOfOwner = async (database: Database, log: Log): Promise<void> => {
  if (database.kind === 'embedded') return
  const { owner, superuser } = await currentUser(database)
  if (owner || superuser) log.warn('database.user-is-owner', { superuser })
}

type CurrentUser = { name: string; superuser: boolean; owner: boolean }

/** Who the app is in the database, and whether it owns what it writes to; before the first migration: could create it. */
export const currentUser = async ({ prisma }: Database): Promise<CurrentUser> => {
  const [user] = await prisma.$queryRaw<CurrentUser[]>`
    SELECT current_user::text AS name, rolsuper AS superuser, coalesce(
      (SELECT pg_has_role(current_user, relowner, 'USAGE') FROM pg_class WHERE oid = to_regclass('audit_entries')),
      has_schema_privilege(current_user, 'public', 'CREATE')
    ) AS owner
    FROM pg_roles WHERE rolname = current_user`
  if (!user) throw new Error('the database does not know its own user')
  return user
}

export type RightsState = {
  /** What the app needs and this user lacks: `INSERT on messages`. */
  missing: string[]
  /** What would let it take back evidence: `TRUNCATE on consents`. */
  beyond: string[]
}

/** Compares the rights of the current user with those that the app's user has. An owner has all of them. */
export const rightsState = async ({ prisma }: Database): Promise<RightsState> => {
  const tables = await prisma.$queryRaw<{ name: string }[]>`
    SELECT relname::text AS name FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') ORDER BY 1`
  const wanted = tables.flatMap(({ name }) =>
    rightsTo(name)
      .split(/, (?![^(]*\))/)
      .flatMap((right) => {
        const [, what = '', columns] = /^(\w+)(?: \((.*)\))?$/.exec(right) ?? []
        return (columns?.split(', ') ?? ['']).map((column) => ({ table: name, what, column }))
      }),
  )
  const lacking = await prisma.$queryRaw<{ table: string; what: string; column: string }[]>`
    SELECT * FROM unnest(${wanted.map(({ table }) => table)}::text[], ${wanted.map(({ what }) => what)}::text[],
      ${wanted.map(({ column }) => column)}::text[]) AS wanted("table", what, "column")
    WHERE NOT CASE WHEN "column" = '' THEN has_table_privilege(quote_ident("table"), what)
      ELSE has_column_privilege(quote_ident("table"), "column", what) END`
  const beyond = await prisma.$queryRaw<{ table: string; what: string }[]>`
    SELECT "table", what FROM unnest(${Object.keys(appendOnly)}::text[]) AS kept("table")
    CROSS JOIN (VALUES ('TRUNCATE'), ('DELETE')) AS taking(what)
    WHERE to_regclass(quote_ident("table")) IS NOT NULL AND has_table_privilege(quote_ident("table"), what)`
  return {
    missing: lacking.map(({ table, what, column }) => `${what}${column && ` (${column})`} on ${table}`),
    beyond: beyond.map(({ table, what }) => `${what} on ${table}`),
  }
}
