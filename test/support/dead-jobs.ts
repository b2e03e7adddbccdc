import { PgBoss } from 'pg-boss'
import type { Database } from '#storage/database.ts'
import { withTest } from './ending.ts'

/** Short enough to wait for, and long enough for a busy machine to renew in time. */
const heartbeatSeconds = 4

/**
 * What a killed process had under way begins again within seconds: the product misses a heartbeat after 10 s, and looks for
 * it every 15 s, as `jobs.test.ts` waits for. To be called before the product starts. `allMissed`: at once, of every job
 * under way, for when no process is left.
 */
export const missHeartbeatsSoon = async (
  database: Database,
  ending = withTest,
): Promise<{ allMissed(): Promise<void> }> => {
  const { prisma } = database
  await prisma.$executeRawUnsafe(`CREATE FUNCTION short_heartbeat() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN NEW.heartbeat_seconds := ${heartbeatSeconds}; RETURN NEW; END $$`)
  await prisma.$executeRawUnsafe(`CREATE TRIGGER short_heartbeat BEFORE INSERT ON pgboss.job
    FOR EACH ROW EXECUTE FUNCTION short_heartbeat()`)
  const boss = new PgBoss({
    ...database.boss,
    ...{ max: 1, migrate: false, schedule: false },
    ...{ superviseIntervalSeconds: 1, monitorIntervalSeconds: 1 },
  })
  boss.on('error', () => undefined)
  await boss.start()
  ending(() => boss.stop({ graceful: false }))
  return {
    allMissed: async () => {
      await prisma.$executeRaw`
        UPDATE pgboss.job SET heartbeat_on = now() - interval '1 hour' WHERE state = 'active'`
      await boss.supervise()
    },
  }
}
