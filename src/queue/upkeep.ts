import type { Database } from '#storage/database.ts'
import { queuesLeftBehind } from '#storage/due-queues.ts'

export type Upkeep = {
  /** Called with each due poll: does what is due by now, without being waited for. */
  beat(): void
  /** Something was done: there are rows to delete. */
  worked(jobs: number): void
  stop(): Promise<void>
}

/** A killed process is known by its missing heartbeat (10 s), and looked for this often (ms). */
const lookMs = 15_000
/** All of pg-boss' upkeep, of ten statements: after so many jobs, but not more often than each minute (ms), and else seldom. */
const busyJobs = 100
const busyMs = 60_000
const seldomMs = 10 * 60_000

/**
 * When pg-boss looks after its queues. By itself it would do all at each look: take back jobs of dead processes, count, delete,
 * and ask how the server's vacuum is doing. This asks one question, with a due poll, and has pg-boss do it where there is something.
 */
export const createUpkeep = (
  boss: { supervise(queue?: string): Promise<void> },
  database: Database,
  onError: (error: unknown) => void,
  elapsed: () => number = () => performance.now(),
): Upkeep => {
  let lookedAt = elapsed()
  let doneAt = elapsed()
  let jobs = 0
  let underWay: Promise<void> | undefined

  const look = async (): Promise<void> => {
    for (const queue of await queuesLeftBehind(database)) await boss.supervise(queue)
    const rest = jobs >= busyJobs ? busyMs : seldomMs
    if (elapsed() - doneAt < rest) return
    await boss.supervise()
    doneAt = elapsed()
    jobs = 0
  }

  return {
    beat: () => {
      if (underWay || elapsed() - lookedAt < lookMs) return
      lookedAt = elapsed()
      underWay = look()
        .catch(onError)
        .finally(() => {
          underWay = undefined
        })
    },
    worked: (more) => {
      jobs += more
    },
    stop: async () => {
      await underWay
    },
  }
}
