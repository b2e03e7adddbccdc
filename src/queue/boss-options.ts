import { type ConstructorOptions, systemClock } from 'pg-boss'

export type AheadClock = { now(): Date; aheadMs(): number }

/** pg-boss says what is under way as often as this (ms), to nobody here: left out, which is a wake-up of the process less. */
const wipMs = 2_000
const bossClock: typeof systemClock = {
  ...systemClock,
  setInterval: (work, ms) => systemClock.setInterval(work, ms === wipMs ? 60 * 60_000 : ms),
}

/** pg-boss with another clock. It looks for due schedules often, because somebody is waiting for them at the page. */
const runningOn = (clock: AheadClock) => ({
  clock: { ...bossClock, now: () => clock.now().getTime() },
  cronMonitorIntervalSeconds: 2,
})

/** How pg-boss runs here: as little as it can without being asked. */
export const bossOptions = (clock: AheadClock | undefined): ConstructorOptions => ({
  useListenNotify: true,
  clock: bossClock,
  // `createUpkeep` decides when, also for several instances at once, which lock each other out.
  supervise: false,
  superviseIntervalSeconds: 60,
  monitorIntervalSeconds: 1,
  maintenanceIntervalSeconds: 60,
  queueCacheIntervalSeconds: 10 * 60,
  // Its own migrations in the background, of which a new version of it may have some.
  bamIntervalSeconds: 5 * 60,
  // The due poll makes up for a lost NOTIFY within two seconds, so the listening connection is rarely probed.
  notifyHeartbeatIntervalMs: 30_000,
  // The longest that it allows: what is scheduled comes once an hour or a day. Due schedules pass through a queue of pg-boss
  // itself; the due poll wakes its worker, too.
  cronMonitorIntervalSeconds: 45,
  cronWorkerIntervalSeconds: 45,
  // There are no jobs that depend on other jobs.
  flowIntervalSeconds: 60 * 60,
  ...(clock && runningOn(clock)),
})
