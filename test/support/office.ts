import { expect, onTestFinished } from 'vitest'
import { createLog } from '#core/log.ts'
import type { StepDeps } from '#features/requests/request-transitions.ts'
import { createJobs } from '#queue/boss.ts'
import { region } from '#regions/index.ts'
import type { Tx } from '#storage/database.ts'
import { createSealer } from '#storage/seal.ts'
import { listStaff, type StaffMember } from '#storage/staff/staff.ts'
import { makeDue } from './rows.ts'
import { testKeys, type World } from './world.ts'

export type Office = {
  /** What the centre does through its own systems: one transaction, with all that the steps need. */
  does<T>(work: (tx: Tx, deps: StepDeps) => Promise<T>): Promise<T>
  member(name: string): Promise<StaffMember>
  /** Lets time pass, and a queue's waiting jobs come due with it. */
  later(minutes: number, queue: 'escalation' | 'reassign' | 'staff-card'): Promise<void>
  /** The kinds of what happened to the only request, in order. */
  history(): Promise<string[]>
}

/** The centre's side of a world, past the bot: another instance that enqueues and works nothing off. */
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

/** Workers look for jobs that have come due once a second. */
export const soon = { timeout: 10_000 }
