import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock } from '#core/clock.ts'
import type { Log } from '#core/log.ts'
import type { Enqueue } from '#queue/queues.ts'
import type { Region } from '#regions/schema.ts'
import { dueTerms, unmarkedFamilies } from '#storage/cases/case-terms.ts'
import type { Database } from '#storage/database.ts'
import { lockFreeFamilies } from '#storage/families/families.ts'
import type { Sealer } from '#storage/seal.ts'
import { lookAtTerms } from './look-at-terms.ts'
import { marksOf, recountMany } from './recount.ts'

type Deps = { enqueue: Enqueue; region: Region; sealer: Sealer }
type Watching = { clock: Clock; signal?: AbortSignal }

/** How many are done in one transaction. */
const together = 100
/** How many are counted anew in one: what they cost is hardly more than its statements. */
const countedTogether = 250
/** For how long (ms) of a minute terms are counted anew, so that what has to be told today does not wait for it. */
const countingMs = 3000
/** For how long (ms) the job beside it does. */
export const countingJobMs = 40_000
/** So many that could not be counted are left out of the search; then it stops. */
const mostLeft = 500

/** `more`: there was no time for all. */
export type Recounted = { counted: number; more: boolean }

/**
 * Counts the terms of families that have none yet, or whose terms were counted by other rules or days. May be killed, and run twice at
 * once: a family that was counted twice has the same terms. One that somebody holds, or that fails, is left to the next time.
 */
export const recountAll = async (
  database: Database,
  deps: Deps & { log: Log },
  {
    clock,
    signal,
    forMs = countingMs,
    rest = false,
  }: Watching & { forMs?: number /** Leaves as much time to others as it takes. */; rest?: boolean },
): Promise<Recounted> => {
  const mark = marksOf(deps.region)
  const began = performance.now()
  const left = new Set<string>()
  const count = async (ids: readonly string[]): Promise<number> => {
    const counted = await database.transaction(async (tx) => {
      const families = await lockFreeFamilies(tx, ids)
      await recountMany(tx, deps, [...families.values()], clock.now())
      return families
    })
    for (const id of ids) if (!counted.has(id)) left.add(id)
    return counted.size
  }
  const failed = (familyId: string, error: unknown) => {
    left.add(familyId)
    deps.log.error('terms.failed', { familyId, error })
  }
  const inTime = () => !signal?.aborted && performance.now() - began < forMs
  let counted = 0
  while (inTime() && left.size < mostLeft) {
    const ids = await unmarkedFamilies(database, { region: deps.region.code, mark, except: [...left] })
    if (ids.length === 0) return { counted, more: false }
    for (let at = 0; at < ids.length && inTime(); at += countedTogether) {
      const begin = performance.now()
      counted += await eachAtLeast(ids.slice(at, at + countedTogether), count, failed)
      if (rest) await sleep(performance.now() - begin)
    }
  }
  return { counted, more: !inTime() }
}

/** Does all together; if that fails, one by one, so that one that fails holds up no other. Returns how many were done. */
const eachAtLeast = async <T>(
  all: readonly T[],
  work: (some: readonly T[]) => Promise<number>,
  failed: (one: T, error: unknown) => void,
): Promise<number> => {
  if (all.length === 0) return 0
  try {
    return await work(all)
  } catch {
    let done = 0
    for (const one of all)
      done += await work([one]).catch((error: unknown) => {
        failed(one, error)
        return 0
      })
    return done
  }
}

/**
 * Looks at the terms that are near or past: tells whoever is responsible, then the supervisors, once each; of one that was missed the
 * supervisors each working day, until it is met or explained. Returns how many were due.
 */
export const watchTerms = async (
  database: Database,
  deps: Deps & { log: Log },
  { clock, signal }: Watching,
): Promise<number> => {
  const due = await dueTerms(database, clock.now())
  const look = (some: readonly (typeof due)[number][]) =>
    database.transaction(async (tx) => {
      await lookAtTerms(tx, deps, some, clock.now())
      return some.length
    })
  for (let at = 0; at < due.length && !signal?.aborted; at += together)
    await eachAtLeast(due.slice(at, at + together), look, ({ id }, error) =>
      deps.log.error('terms.failed', { termId: id, error }),
    )
  return due.length
}
