import { expect, onTestFinished } from 'vitest'
import { createLog } from '#core/log.ts'
import type { StepDeps } from '#features/requests/request-step.ts'
import { createJobs } from '#queue/boss.ts'
import { region } from '#regions/index.ts'
import type { Tx } from '#storage/database.ts'
import { createSealer } from '#storage/seal.ts'
import { listStaff, type StaffMember } from '#storage/staff/staff.ts'
import { makeDue } from './rows.ts'
import { testKeys, type World } from './world.ts'

export type Office = {
  /** Runs steps as the centre's own systems would: in one transaction, with all dependencies. */
  does<T>(work: (tx: Tx, deps: StepDeps) => Promise<T>): Promise<T>
  member(name: string): Promise<StaffMember>
  /** Moves the clock on, and makes a queue's waiting jobs due accordingly. */
  later(minutes: number, queue: 'escalation' | 'reassign' | 'staff-card'): Promise<void>
  /** The event kinds of the only request, in order. */
  history(): Promise<string[]>
}

/** The centre's side of a world, bypassing the bot: another instance that enqueues jobs and runs none. */
export const openOffice = async ({ database, clock, config }: World): Promise<Office> => {
  const jobs = createJobs(database, createLog('silent'))
  await jobs.start()
  onTestFinished(() => jobs.stop())
  const deps = { enqueue: jobs.enqueue, region: region(config.region), sealer: createSealer(testKeys) }
  return {
    does: (work) => database.transaction((tx) => work(tx, deps)),
    member: async (name) => {
      const found = (await listStaff(database)).find((member) => member.name === name)
      if (!found) throw new Error(`nobody is called ${name}`)
      return found
    },
    later: async (minutes, queue) => {
      clock.forward(minutes * 60_000)
      await expect.poll(() => makeDue(database, queue)).toBeGreaterThan(0)
    },
    history: async () =>
      (await database.prisma.requestEvent.findMany({ orderBy: { id: 'asc' } })).map(({ kind }) => kind),
  }
}

/** Workers poll for due jobs once a second. */
export const soon = { timeout: 30_000 }
