import pg from 'pg'
import type { BossConnection } from './database.ts'

type Server = BossConnection & { connectionString: string }

/** Whether this is a server, and not the embedded database, which has one connection. */
export const hasServer = (boss: BossConnection): boss is Server => Boolean(boss.connectionString)

/** A connection beside the pool, for what lasts as long as it does: a lock of a session, or LISTEN. Not yet connected. */
export const ownConnection = (
  { connectionString, connectionTimeoutMillis }: Server,
  applicationName: string,
): pg.Client =>
  new pg.Client({
    connectionString,
    ...(connectionTimeoutMillis !== undefined && {
      connectionTimeoutMillis,
      query_timeout: connectionTimeoutMillis,
    }),
    keepAlive: true,
    application_name: applicationName,
  })
