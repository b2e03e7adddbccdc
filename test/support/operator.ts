import { expect, onTestFinished } from 'vitest'
import type { Command } from '#control/command.ts'
import { runCommand } from '#control/commands.ts'
import { createLog } from '#core/log.ts'
import { loadTexts } from '#core/text.ts'
import { createJobs } from '#queue/boss.ts'
import type { Payload, QueueName } from '#queue/queues.ts'
import { createSealer } from '#storage/seal.ts'
import { testKeys } from './accounts.ts'
import { territoriesIn } from './territory-book.ts'
import type { World } from './world.ts'

/** What an operator does at the command line of a running world, and what the clock does for them. */
export const operatorOf = async ({
  database,
  clock,
  config: { oidc, organisation } = {},
}: Pick<World, 'database' | 'clock'> & { config?: Pick<World['config'], 'oidc' | 'organisation'> }) => {
  const jobs = createJobs(database, createLog('silent'))
  await jobs.start()
  onTestFinished(() => jobs.stop())
  const deps = {
    db: database,
    clock,
    botUsername: async () => 'bot',
    territories: territoriesIn(database),
    enqueue: async () => jobs.enqueue,
    desk: async () => ({ sealer: createSealer(testKeys), pagesUrl: 'http://127.0.0.1:3000', oidc }),
    notices: async () => ({ texts: await loadTexts('locales', {}, 'stavropol'), organisation }),
    planning: () => Promise.reject(new Error('no plan is imported here')),
  }
  return {
    command: (command: Command): Promise<string[]> => runCommand(deps, command),
    /** Enqueues a job, as its schedule does, and waits until this and those queues have nothing to do. */
    runs: async <Q extends QueueName>(queue: Q, payload: Payload<Q>, ...also: QueueName[]): Promise<void> => {
      await database.transaction((tx) => jobs.enqueue(tx, queue, payload))
      const left = () =>
        database.prisma.$queryRaw<unknown[]>`
          SELECT 1 FROM pgboss.job WHERE name = ANY (${[queue, ...also]}) AND state < 'completed'
            AND start_after <= now()`
      await expect.poll(left, { timeout: 30_000 }).toEqual([])
    },
  }
}
