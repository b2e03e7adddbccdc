import { afterAll, afterEach, beforeAll, inject } from 'vitest'
import { createLog } from '#core/log.ts'
import type { Database } from '#storage/database.ts'
import { openDatabase } from '#storage/open.ts'
import { openTestDatabase } from './database.ts'
import { clean, type Original, originalOf } from './original-rows.ts'

export type WorldDatabase = {
  /** For the test itself, which may do more than the app's own user. */
  database: Database
  /** With the app's own user and pool; the embedded database has one user. */
  app: Database
  /** Once nobody uses it any more; a `red` test's database on the server is kept, and its name is printed. */
  giveBack(red?: boolean): Promise<void>
}

type Open = {
  database: Database
  app: Database
  original: Original
  worlds: number
  dispose(red?: boolean): Promise<void>
}

/** Rows that were deleted stay in the files, and each look passes them: a newer copy has none. */
const mostWorlds = inject('database') === 'postgres' ? 30 : 60

/** Of this worker, clean and with open connections: the next world begins on them. */
const free: Open[] = []

/**
 * A database as the template is, for one world. Creating one, opening four connections to it and planning on each of
 * them anew costs half of what an empty world does, so a world takes the database of an earlier one, with its
 * connections, after all rows are as they were. Where the schema has been changed, or anything is in the way, it is dropped.
 */
export const takeDatabase = async (): Promise<WorldDatabase> => {
  const open = free.pop() ?? (await openNew())
  open.worlds += 1
  return {
    database: open.database,
    app: open.app,
    giveBack: async (red = false) => {
      if (!red && open.worlds < mostWorlds && (await clean(open.database, open.original))) free.push(open)
      else await open.dispose(red)
    },
  }
}

/**
 * The database of a world without the app, for all the tests of the file (or `describe`) that calls it; returns how to
 * get it.
 */
export const useTestDatabase = (): (() => Database) => {
  let taken: WorldDatabase | undefined
  beforeAll(async () => {
    taken = await takeDatabase()
  })
  let red = false
  afterEach(({ task }) => {
    red ||= task.result?.state === 'fail'
  })
  afterAll(() => taken?.giveBack(red))
  return () => {
    if (!taken) throw new Error('the database is open inside tests only')
    return taken.database
  }
}

const quietLog = createLog('error')

const openNew = async (): Promise<Open> => {
  const stored = await openTestDatabase()
  const { database } = stored
  const app =
    stored.appOptions === stored.options ? database : await openDatabase(stored.appOptions, quietLog)
  return {
    database,
    app,
    original: await originalOf(database),
    worlds: 0,
    dispose: async (red) => {
      if (app !== database) await app.close()
      await stored.dispose(red)
    },
  }
}
