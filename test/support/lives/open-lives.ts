import { inject, onTestFinished } from 'vitest'
import { createLog } from '#core/log.ts'
import { keyOf } from '#test/support/api.ts'
import { type FamilyWorld, openWithFamily } from '#test/support/family.ts'
import { openOwnRedis } from '#test/support/redis.ts'
import { createJobs, type Jobs } from '#queue/boss.ts'
import type { StepDeps } from '#features/requests/request-step.ts'
import { region } from '#regions/index.ts'
import type { Tx } from '#storage/database.ts'
import { createSealer, type Sealer } from '#storage/seal.ts'
import { createLife, createWords, type Life, type Words } from './life.ts'

const redisNumber = 11
/** Years go by, for which nobody has given the calendar of holidays yet. */
export const noise = ['calendar.incomplete']

export type Lives = FamilyWorld & {
  people: Life[]
  words: Words
  /** What staff wrote about the family, which stays with whoever stays. */
  ofFamily: string[]
  jobs: Jobs
  redis: Awaited<ReturnType<typeof openOwnRedis>> | null
  /** With the keys of now. */
  sealer(): Sealer
  /** Steps as the centre's own systems would do them. */
  does<T>(work: (tx: Tx, deps: StepDeps) => Promise<T>): Promise<T>
}

/** A parent, a teenager who has said that home is unsafe, and a second parent: none of them is known yet. */
export const openLives = async (): Promise<Lives> => {
  const redis = inject('database') === 'postgres' ? await openOwnRedis(redisNumber) : null
  const family = await openWithFamily({
    mode: 'webhook',
    inside: true,
    noise,
    ...(redis && { redisUrl: redis.url }),
  })
  const { world } = family
  await world.staff('Анна', ['leninsky'])
  const words = createWords()
  const born = (called: string, role: Life['role'], phone: string) =>
    createLife(words, { called, role, chat: world.person({ firstName: called, phone }) })
  const people = [
    born('Olga', 'parent', '+79001112233'),
    born('Dasha', 'minor', '+79001112244'),
    born('Pavel', 'parent', '+79001112255'),
  ]
  const jobs = createJobs(world.database, createLog('silent'))
  await jobs.start()
  onTestFinished(() => jobs.stop())
  const sealer = () => createSealer(world.config.keys ?? [])
  return {
    ...family,
    key: await keyOf(world, { expiresAt: new Date('2036-01-01T00:00:00Z') }),
    ...{ people, words, ofFamily: [], jobs, redis, sealer },
    does: (work) =>
      world.database.transaction((tx) =>
        work(tx, { enqueue: jobs.enqueue, region: region(world.config.region), sealer: sealer() }),
      ),
  }
}
