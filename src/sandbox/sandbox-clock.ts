import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Temporal } from 'temporal-polyfill'
import type { Clock } from '#core/clock.ts'

/** The sandbox's clock: it runs as the machine's does, and can be set forward, never back. */
export type SandboxClock = Clock & {
  readonly timeZone: string
  /** How far it is ahead of the machine's, in milliseconds. */
  aheadMs(): number
  /** Resolves when everybody who was told has followed. Where somebody cannot, the clock stays, and their error is thrown. */
  forward(ms: number): Promise<void>
  /** To the next Monday at 9:00 in the centre's time zone. */
  toMonday(): Promise<void>
  /** Called after every move; returns the unsubscribe function. */
  on(follow: () => Promise<void> | void): () => void
}

/** Continues from where the sandbox of this folder had set its clock. */
export const openSandboxClock = async (
  clock: Clock,
  { dataDir, timeZone }: { dataDir: string; timeZone: string },
): Promise<SandboxClock> => {
  const file = join(dataDir, 'clock-ahead')
  const followers = new Set<() => Promise<void> | void>()
  let ahead = await aheadIn(file)
  const now = () => new Date(clock.now().getTime() + ahead)
  const forward = async (ms: number) => {
    const before = ahead
    ahead += Math.max(0, Math.round(ms))
    try {
      for (const follow of followers) await follow()
      await writeFile(file, String(ahead), { mode: 0o600 })
    } catch (error) {
      ahead = before
      throw error
    }
  }
  return {
    now,
    timeZone,
    aheadMs: () => ahead,
    forward,
    toMonday: () => forward(nextMonday(now(), timeZone).getTime() - now().getTime()),
    on: (follow) => {
      followers.add(follow)
      return () => void followers.delete(follow)
    },
  }
}

const aheadIn = async (file: string): Promise<number> => {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
    return '0'
  })
  return /^\d{1,13}$/.test(text.trim()) ? Number(text) : 0
}

/** The first Monday 9:00 after `now`. */
export const nextMonday = (now: Date, timeZone: string): Date => {
  const here = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone)
  const monday = here
    .toPlainDate()
    .add({ days: (8 - here.dayOfWeek) % 7 })
    .toZonedDateTime({ timeZone, plainTime: '09:00' })
  const next = monday.epochMilliseconds > now.getTime() ? monday : monday.add({ days: 7 })
  return new Date(next.epochMilliseconds)
}
