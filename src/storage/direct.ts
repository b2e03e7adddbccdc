import type pg from 'pg'
import type { Reader, Tx } from './database.ts'
import { type KeyRow, keysSql, withKeys } from './keys/with-keys.ts'
import { createStatementNames } from './statement-names.ts'

export type OnConnection = {
  /** The connection of a transaction under way. Rejects what is asked once the transaction is about to end. */
  query(config: pg.QueryConfig): Promise<pg.QueryResult>
  /** Asks also behind its end, while the connection is not given back. */
  queryBehind(config: pg.QueryConfig): Promise<pg.QueryResult>
}

const connections = new WeakMap<Tx, OnConnection>()

/** From here on statements of this transaction may go past Prisma, on the very connection that it holds. */
export const connectDirectly = (tx: Tx, connection: OnConnection): void =>
  void connections.set(tx, connection)

/**
 * A statement of the caller's transaction as `tx.$queryRaw` takes it, prepared and without Prisma's part: for what
 * every consent and every Submit runs. The embedded database leaves it to Prisma, so a row may hold nothing that the
 * two read differently: texts, booleans, 32-bit integers, moments and JSON are the same.
 */
export const direct =
  (tx: Tx) =>
  async <Row>(template: TemplateStringsArray, ...values: unknown[]): Promise<Row[]> => {
    const connection = connections.get(tx)
    if (!connection) return tx.$queryRaw<Row[]>(template, ...values)
    const { name, text } = preparedOf(template)
    return rowsOf<Row>(connection, { name, text, values })
  }

const rowsOf = async <Row>(connection: OnConnection, config: pg.QueryConfig): Promise<Row[]> => {
  const { rows } = await connection.query(config)
  await withKeys(rows, async (ids) => {
    const keys = await connection.queryBehind({ name: 'subject-keys', text: keysSql, values: [ids] })
    return keys.rows as KeyRow[]
  })
  return rows as Row[]
}

/** The same for reading, in a transaction or outside of any. 64-bit integers are read as text or number. */
export const directFrom = (reader: Reader) =>
  'transaction' in reader
    ? <Row>(template: TemplateStringsArray, ...values: unknown[]): Promise<Row[]> => {
        const { name, text } = preparedOf(template)
        return reader.sql.query<Row>(name, text, values)
      }
    : direct(reader)

/** The same for a statement that `Sql.query` knows by this name. */
export const directNamed = async <Row>(
  tx: Tx,
  name: string,
  text: string,
  values: unknown[],
): Promise<Row[]> => {
  const connection = connections.get(tx)
  return connection
    ? rowsOf<Row>(connection, { name, text, values })
    : tx.$queryRawUnsafe<Row[]>(text, ...values)
}

/** The same for reading, in a transaction or outside of any. */
export const directFromNamed = <Row>(
  reader: Reader,
  name: string,
  text: string,
  values: unknown[],
): Promise<Row[]> =>
  'transaction' in reader
    ? reader.sql.query<Row>(name, text, values)
    : directNamed<Row>(reader, name, text, values)

const nameOf = createStatementNames()

/** The same for a statement that somebody else has written, with `$1`, `$2`, … in it; prepared once it has come a few times. */
export const directText = async (tx: Tx, text: string, values: unknown[]): Promise<unknown[]> => {
  const connection = connections.get(tx)
  return connection
    ? rowsOf<unknown>(connection, { name: nameOf({ sql: text, args: values }), text, values })
    : tx.$queryRawUnsafe<unknown[]>(text, ...values)
}

type Prepared = { name: string; text: string }

const prepared = new WeakMap<TemplateStringsArray, Prepared>()
let statements = 0

/** Each place in the code is one statement, under one name. */
const preparedOf = (template: TemplateStringsArray): Prepared => {
  const known = prepared.get(template)
  if (known) return known
  statements += 1
  const text = template.reduce((before, part, n) => `${before}$${n}${part}`)
  const made = { name: `direct-${statements}`, text }
  prepared.set(template, made)
  return made
}
