import { randomUUID } from 'node:crypto'
import { expect, onTestFinished, test } from 'vitest'
import { createLog } from '#core/log.ts'
import { createJobs } from '#queue/boss.ts'
import { createUpkeep } from '#queue/upkeep.ts'
import { useTestDatabase } from '#test/support/world-databases.ts'

const db = useTestDatabase()

/** Upkeep whose time and pg-boss are the test's. */
const openUpkeep = (supervise: (queue?: string) => Promise<void>) => {
  let at = 0
  const errors: unknown[] = []
  const upkeep = createUpkeep(
    { supervise },
    db(),
    (error) => errors.push(error),
    () => at,
  )
  const after = async (seconds: number) => {
    at += seconds * 1000
    upkeep.beat()
    await upkeep.stop()
  }
  return { upkeep, after, errors }
}

test('a queue is taken care of when a process has died or a job takes too long, and otherwise nothing is asked', async () => {
  const jobs = createJobs(db(), createLog('silent'), { duePollMs: 40 })
  await jobs.start()
  onTestFinished(jobs.stop)
  const left = async (queue: string, begun: number, heard: number | null) => {
    await db().prisma.$executeRaw`
      INSERT INTO pgboss.job (id, name, data, state, started_on, expire_seconds, heartbeat_seconds, heartbeat_on)
      VALUES (${randomUUID()}::uuid, ${queue}, '{}', 'active', now() - ${begun} * interval '1s', 300,
        ${heard === null ? null : 10}::int, now() - ${heard}::int * interval '1s')`
  }
  const asked: string[] = []
  const { after } = openUpkeep(async (queue = 'all') => void asked.push(queue))
  await left('push', 200, 2)
  await left('reassign', 200, null)
  await after(15)
  expect(asked).toEqual([])
  await left('staff-news', 60, 11)
  await left('retention', 301, null)
  await after(14)
  expect(asked).toEqual([])
  await after(1)
  expect(asked.sort()).toEqual(['retention', 'staff-news'])
  await db().prisma.$executeRaw`DELETE FROM pgboss.job`
})

test('all upkeep comes after much work, and seldom without; one that fails is tried at the next look', async () => {
  const asked: string[] = []
  let failing = false
  const { upkeep, after, errors } = openUpkeep(async (queue = 'all') => {
    if (failing) throw new Error('away')
    asked.push(queue)
  })
  upkeep.worked(99)
  await after(60)
  expect(asked).toEqual([])
  upkeep.worked(1)
  await after(15)
  expect(asked).toEqual(['all'])
  await after(585)
  expect(asked).toEqual(['all'])
  failing = true
  await after(15)
  expect(errors).toHaveLength(1)
  failing = false
  await after(15)
  expect(asked).toEqual(['all', 'all'])
})
