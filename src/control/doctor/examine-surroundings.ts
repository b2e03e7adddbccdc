import { access, constants, statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Temporal } from 'temporal-polyfill'
import { lookAtRedis } from '#channels/telegram/redis-check.ts'
import { startCause } from '#control/start-errors.ts'
import { isDecreed, isRegionKnown } from '#features/deadlines/working-days.ts'
import type { Region } from '#regions/schema.ts'
import type { Config } from '#src/config.ts'
import { type Finding, found, foundCause } from './findings.ts'

const fullMebibytes = 256
const lowMebibytes = 2_048
/** Decrees appear in September and October. */
const decreeMonth = 11

export const examineRedis = async (config: Config): Promise<Finding[]> => {
  if (config.redisUrl === undefined) return config.mode === 'sandbox' ? [] : [found('redis.absent')]
  try {
    const state = await lookAtRedis(config.redisUrl)
    if (state.is === 'away') return [found('redis.away', { host: state.at, cause: state.cause })]
    return state.persists ? [found('redis.persists')] : []
  } catch (error) {
    const cause = startCause(error, config)
    if (!cause) throw error
    return [foundCause(cause)]
  }
}

/** The room for the embedded database; a server's disk cannot be seen from here. */
export const examineDisk = async ({ embedded, dataDir }: Config): Promise<Finding[]> => {
  if (!embedded) return []
  const dir = await existing(dataDir)
  try {
    await access(dir, constants.W_OK)
  } catch {
    return [found('disk.not-writable', { dir })]
  }
  const { bavail, bsize } = await statfs(dir)
  const mebibytes = Math.floor((bavail * bsize) / 2 ** 20)
  if (mebibytes >= lowMebibytes) return []
  return [found(mebibytes < fullMebibytes ? 'disk.full' : 'disk.low', { dir, mebibytes })]
}

/** The folder, or the nearest one above it that is there. */
const existing = async (dir: string): Promise<string> => {
  const there = await access(dir).then(
    () => true,
    () => false,
  )
  return there || dirname(dir) === dir ? dir : existing(dirname(dir))
}

/** This year's decree must be known, and from November on the next one's; of a region's own acts, this year's. */
export const examineCalendar = (
  now: Date,
  { code, timeZone, daysOff }: Pick<Region, 'code' | 'timeZone' | 'daysOff'>,
): Finding[] => {
  const { year, month } = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone)
  const years = month >= decreeMonth ? [year, year + 1] : [year]
  return [
    ...years.filter((one) => !isDecreed(one)).map((one) => found('calendar.year-missing', { year: one })),
    // A region's own act of the year comes in its first month.
    ...(isRegionKnown(daysOff, year) ? [] : [found('calendar.region-missing', { year, region: code })]),
  ]
}
