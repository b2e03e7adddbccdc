import { expect, onTestFinished, test, vi } from 'vitest'
import { createLog } from '#core/log.ts'
import { createJobs } from '#queue/boss.ts'
import { useTestDatabase } from '#test/support/database.ts'

const db = useTestDatabase()
const until = (check: () => unknown) => vi.waitFor(check, { timeout: 30_000, interval: 20 })

const schedules = async () => {
  const rows = await db().prisma.$queryRaw<{ name: string }[]>`SELECT name FROM pgboss.schedule`
  return rows.map(({ name }) => name)
}

test('sweeps take turns in one job a minute; one that fails holds up no other and is tried again by itself', async () => {
  const jobs = createJobs(db(), createLog('silent'), { duePollMs: 40 })
  await jobs.start()
  onTestFinished(jobs.stop)
  // As a version before left it.
  await jobs.schedule('push-sweep', '* * * * *', 'UTC', {})
  const done: string[] = []
  await jobs.sweeps.add('routing-sweep', async () => void done.push('routing'))
  let failures = 0
  await jobs.sweeps.add('push-sweep', async () => {
    failures += 1
    if (failures === 1) throw new Error('not now')
    done.push('push')
  })
  await jobs.sweeps.add('late-notices', async () => void done.push('late'))
  await jobs.sweeps.start()
  expect(await schedules()).toContain('minute-sweeps')
  expect(await schedules()).not.toContain('push-sweep')

  // The minute may pass meanwhile: then all of it is done once more.
  await db().prisma.$executeRaw`DELETE FROM pgboss.schedule`
  await db().transaction((tx) => jobs.enqueue(tx, 'minute-sweeps', {}))
  await until(() => expect(done).toContain('push'))
  expect(done.indexOf('routing')).toBeLessThan(done.indexOf('late'))
  expect(done.indexOf('late')).toBeLessThan(done.indexOf('push'))
})
