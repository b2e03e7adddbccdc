import type { Database } from '#storage/database.ts'

/** What a database held before anybody used it. */
export type Original = { schema: string; script: string }

type Kept = { table: string; columns: string; rows: string }

/** To be asked before the app starts on the database. */
export const originalOf = async (database: Database): Promise<Original> => ({
  schema: await schemaOf(database),
  script: scriptOf(await keptRows(database)),
})

/** Puts all rows back. Returns false if that is not possible, or the schema is not what it was. */
export const clean = async (database: Database, { schema, script }: Original): Promise<boolean> => {
  try {
    if ((await schemaOf(database)) !== schema) return false
    await database.prisma.$executeRawUnsafe(script)
    return true
  } catch {
    return false
  }
}

const ownTables = `SELECT c.oid, c.oid::regclass::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind = 'r' AND n.nspname IN ('public', 'pgboss') AND pg_relation_size(c.oid) > 0`

/** Of objects that a database is not created with. */
const defined = 'oid >= 16384'

/** Changes with each command that defines something: those write new rows into the catalogue. */
const schemaOf = async ({ sql }: Database): Promise<string> => {
  const catalogues = ['pg_class', 'pg_constraint', 'pg_trigger', 'pg_proc', 'pg_namespace']
  const each = catalogues.map(
    (name) => `(SELECT count(*) || '/' || max(xmin::text::bigint) FROM ${name} WHERE ${defined})`,
  )
  const rows = await sql.query<{ schema: string }>(
    'test-schema',
    `SELECT ${each.join(` || ' ' || `)} AS schema`,
    [],
  )
  return rows[0]?.schema ?? ''
}

const keptRows = async ({ prisma }: Database): Promise<Kept[]> => {
  const tables = await prisma.$queryRawUnsafe<{ name: string }[]>(ownTables)
  const kept = tables.map(async ({ name }) => {
    const [found] = await prisma.$queryRawUnsafe<{ columns: string; rows: string | null }[]>(
      `SELECT (SELECT string_agg(quote_ident(attname), ', ') FROM pg_attribute
         WHERE attrelid = '${name}'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '') AS columns,
         (SELECT jsonb_agg(to_jsonb(one)) FROM ${name} one)::text AS rows`,
    )
    return { table: name, columns: found?.columns ?? '', rows: found?.rows ?? '[]' }
  })
  return Promise.all(kept)
}

/** One statement: it holds as a whole, or nothing is changed. Triggers and references are not asked. */
const scriptOf = (kept: readonly Kept[]): string => `DO $clean$
DECLARE own record;
BEGIN
  PERFORM set_config('session_replication_role', 'replica', true);
  FOR own IN ${ownTables} LOOP
    EXECUTE 'DELETE FROM ' || own.name;
  END LOOP;
  FOR own IN SELECT seqrelid, seqstart FROM pg_sequence LOOP
    PERFORM setval(own.seqrelid, own.seqstart, false);
  END LOOP;
${kept.map(restored).join('\n')}
END $clean$`

const restored = ({ table, columns, rows }: Kept): string =>
  `  INSERT INTO ${table} (${columns}) SELECT ${columns} FROM jsonb_populate_recordset(NULL::${table}, $rows$${rows}$rows$);`
