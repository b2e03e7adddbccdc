import { randomBytes } from 'node:crypto'
import { createLog } from '#core/log.ts'
import { enterAs } from '#features/console/console-access.ts'
import { region } from '#regions/index.ts'
import type { Database } from '#storage/database.ts'
import { openDatabase } from '#storage/open.ts'
import { createSealer, type Sealer } from '#storage/seal.ts'
import { listStaff, type StaffMember, type StaffRole } from '#storage/staff/staff.ts'
import type { Person } from './console-people.ts'
import { closeMost, fillDesks, fillWithWords, inHand } from './console-rows.ts'
import { startBot } from './driver/bot-process.ts'
import type { Stores } from './stores.ts'
import { fillWithCases } from './term-rows.ts'

type Asked = {
  families: number
  /** How many of the families are helped today, by curators with forty each. */
  activeShare: number
  /** Who is at a desk. */
  working: Readonly<Record<StaffRole, number>>
}

export type ConsoleCentre = {
  database: Database
  sealer: Sealer
  staff: readonly StaffMember[]
  atWork: readonly StaffMember[]
  start(name: 'ours' | 'bare', readyPath: string): ReturnType<typeof startBot>
}

/** A centre with so many families, written straight into a new database, and the processes that serve it. */
export const openConsoleCentre = async (
  stores: Stores,
  { families, activeShare, working }: Asked,
): Promise<ConsoleCentre> => {
  const url = await stores.newDatabase('console')
  const stavropol = region('stavropol')
  const territories = stavropol.territories.map(({ code }) => code)
  const now = new Date()
  const curators = Math.ceil((families * activeShare) / 40)
  const centre = { curators, supervisors: 2 * territories.length, territories }
  await fillWithCases(url, { region: stavropol, cases: families, now, centre })
  const key = randomBytes(32)
  const sealer = createSealer([{ id: 'bench', key }])
  const database = await openDatabase({ kind: 'postgres', url }, createLog('warn'))
  await closeMost(url, { active: families * activeShare, now })
  await fillDesks(database, sealer, { territories, specialists: working.intake, now })
  const staff = await listStaff(database)
  const atWork = Object.entries(working).flatMap(([role, count]) =>
    staff.filter((member) => member.role === role).slice(0, count),
  )
  await fillWithWords(database, sealer, { curatorIds: atWork.map(({ id }) => id), now })
  const redis = await stores.emptyRedis(15)
  return {
    ...{ database, sealer, staff, atWork },
    start: (name, readyPath) =>
      startBot({
        name,
        args: (port) => [
          '--disable-warning=ExperimentalWarning',
          new URL(`./peers/console-${name}.ts`, import.meta.url).pathname,
          JSON.stringify({ port, postgres: url, redis, key: key.toString('base64') }),
        ],
        env: () => ({
          NODE_ENV: 'production',
          ...(process.env.BENCH_LOG && { BENCH_LOG: process.env.BENCH_LOG }),
        }),
        readyPath,
      }),
  }
}

/** Sessions as if all of them had come in this morning. */
export const sessionsOf = async (
  { database, sealer }: Pick<ConsoleCentre, 'database' | 'sealer'>,
  members: readonly StaffMember[],
): Promise<Person[]> => {
  const enqueue = () => Promise.reject(new Error('nobody joins here'))
  const entered: Person[] = []
  for (const { id: staffId, role } of members) {
    const asked = { staffId, current: null, now: new Date() }
    const opened = await database.transaction((tx) => enterAs(tx, { sealer, enqueue }, asked))
    const own = await inHand(database, { staffId })
    entered.push({ role, staffId, cookie: `console=${opened?.session ?? ''}`, own })
  }
  return entered
}
