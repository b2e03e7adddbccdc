import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { CommandProblem } from '#control/command-problem.ts'
import { askRunningApp } from '#control/control-client.ts'
import { examineDatabase } from '#control/doctor/examine-database.ts'
import { examineCalendar, examineDisk, examineRedis } from '#control/doctor/examine-surroundings.ts'
import { examineTelegram } from '#control/doctor/examine-telegram.ts'
import {
  type Checked,
  type CheckName,
  checkedSchema,
  checkNames,
  found,
  mustBeMended,
  type Finding,
} from '#control/doctor/findings.ts'
import { doctorJson, doctorLines } from '#control/doctor/report.ts'
import { systemClock } from '#core/clock.ts'
import { createLog } from '#core/log.ts'
import { createShutdown } from '#core/shutdown.ts'
import { type Config, ConfigError, readConfig, regionOf } from '#src/config.ts'
import { embeddedKeys } from '#storage/data-keys.ts'
import { openDatabase } from '#storage/open.ts'
import { createSealer } from '#storage/seal.ts'
import { holdEmbedded } from './hold-embedded.ts'

export const doctorCommandSchema = z.strictObject({ name: z.literal('doctor-report'), json: z.boolean() })
export type DoctorCommand = z.infer<typeof doctorCommandSchema>

const inDatabase: readonly CheckName[] = ['database', 'rights', 'migrations', 'data', 'staff', 'words']

/** Looks at everything that the app depends on, and changes nothing. `ok` is false if something must be mended. */
export const runDoctor = async ({ json }: DoctorCommand): Promise<{ lines: string[]; ok: boolean }> => {
  const checked = await examine()
  return { lines: json ? [doctorJson(checked)] : doctorLines(checked), ok: !mustBeMended(checked) }
}

const skippedFor = (check: CheckName, why: string): Checked => ({ check, findings: [], skipped: why })
const skipped = (names: readonly CheckName[], why: string): Checked[] =>
  names.map((check) => skippedFor(check, why))

const examine = async (): Promise<Checked[]> => {
  let config: Config
  try {
    config = readConfig()
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    const findings = error.problems.map((problem) => found('settings.invalid', { problem }))
    const others = checkNames.filter((name) => name !== 'settings')
    return [{ check: 'settings', findings }, ...skipped(others, 'settings')]
  }
  const { now } = systemClock
  const [telegram, redis, disk, database] = await Promise.all([
    config.mode === 'sandbox' ? null : examineTelegram(config, now),
    examineRedis(config),
    examineDisk(config),
    throughApp(config),
  ])
  return [
    { check: 'settings', findings: examineSettings(config) },
    ...(telegram
      ? [
          { check: 'telegram' as const, findings: telegram.telegram },
          telegram.clock
            ? { check: 'clock' as const, findings: telegram.clock }
            : skippedFor('clock', 'telegram'),
        ]
      : skipped(['telegram', 'clock'], 'sandbox')),
    { check: 'redis', findings: redis },
    { check: 'disk', findings: disk },
    // A database that answers also knows the days that the centre has added.
    ...(database.some(({ check }) => check === 'calendar')
      ? []
      : [{ check: 'calendar' as const, findings: examineCalendar(now(), regionOf(config)) }]),
    ...database,
  ]
}

/** What the centre has not said yet. */
const examineSettings = ({ mode, closedYears }: Config): Finding[] =>
  mode === 'sandbox' || closedYears !== undefined ? [] : [found('retention.closed-cases')]

/** A running app has the embedded database to itself: it looks, then. */
const throughApp = async (config: Config): Promise<Checked[]> => {
  if (!config.embedded) return byItself(config)
  const answer = await askRunningApp(config.dataDir, { name: 'doctor' })
  if (answer === 'not-running') return byItself(config)
  if (!answer.ok) throw new CommandProblem(answer.problem)
  return z.array(checkedSchema).parse(JSON.parse(answer.lines.join('\n')))
}

const byItself = async (config: Config): Promise<Checked[]> => {
  const shutdown = createShutdown()
  const log = createLog('silent')
  try {
    if (config.database.kind === 'embedded' && !existsSync(config.database.dir))
      return skipped(inDatabase, 'the app has not been started yet')
    await holdEmbedded(config, log, shutdown)
    const database = await openDatabase(config.database, log)
    shutdown.push('database', database.close)
    const sealer = createSealer(config.keys ?? (await keysThere(config.dataDir)))
    return await examineDatabase({
      database,
      config,
      sealer,
      region: regionOf(config),
      now: systemClock.now,
    })
  } finally {
    await shutdown.release()
  }
}

/** The keys beside the data. Lost ones are not made anew, as a start would: any other key opens as little. */
const keysThere = async (dir: string) =>
  existsSync(join(dir, 'keys')) ? embeddedKeys(dir) : [{ id: 'lost', key: randomBytes(32) }]
