import { startCause } from '#control/start-errors.ts'
import type { Region } from '#regions/schema.ts'
import { withCentreDays } from '#features/deadlines/centre-days.ts'
import { readCentreDays } from '#storage/deadlines/centre-days.ts'
import { readTerritories } from '#storage/territories/territories.ts'
import type { Config } from '#src/config.ts'
import { alarmingWords } from '#storage/danger/alarming-words.ts'
import type { Database } from '#storage/database.ts'
import { databaseTime } from '#storage/database-time.ts'
import { currentUser, rightsState } from '#storage/grants.ts'
import { erasedSinceRotation } from '#storage/keys/rotate.ts'
import { migrationState } from '#storage/migrate.ts'
import { refuseOtherTimeZone, refuseTransactionPooler } from '#storage/pooler.ts'
import { refuseMovedClock } from '#storage/queue-clock.ts'
import type { Sealer } from '#storage/seal.ts'
import { joinedStaff } from '#storage/staff/staff.ts'
import { lookAtStoredData } from '#storage/stored-data.ts'
import { examineCalendar } from './examine-surroundings.ts'
import { clockFindings } from './examine-telegram.ts'
import { type Checked, type CheckName, type Finding, found, foundCause } from './findings.ts'

type Deps = { database: Database; config: Config; sealer: Sealer; region: Region; now: () => Date }

const pingMs = 5_000
/** More names than these help nobody. */
const namedAtMost = 5

const listed = (names: readonly string[]): string =>
  names.length <= namedAtMost
    ? names.join(', ')
    : `${names.slice(0, namedAtMost).join(', ')} and ${names.length - namedAtMost} more`

/** Looks at the database and at what is in it, changing nothing. What depends on a failed check is skipped. */
export const examineDatabase = async (deps: Deps): Promise<Checked[]> => {
  const connection = await asFindings(deps.config, () => connectionFindings(deps))
  const database: Checked = { check: 'database', findings: connection }
  const skip = (check: CheckName, skipped: string): Checked => ({ check, findings: [], skipped })
  const inside = ['rights', 'migrations', 'data', 'staff', 'words'] as const
  if (connection.some(({ code }) => code !== 'clock.off'))
    return [database, ...inside.map((check) => skip(check, 'database'))]
  const look = async (check: CheckName, examine: (deps: Deps) => Promise<Finding[]>): Promise<Checked> => ({
    check,
    findings: await asFindings(deps.config, () => examine(deps)),
  })
  const migrations = await look('migrations', migrationFindings)
  if (migrations.findings.length > 0)
    return [
      database,
      skip('rights', 'migrations'),
      migrations,
      ...(['data', 'staff', 'words'] as const).map((check) => skip(check, 'migrations')),
    ]
  return [
    database,
    await look('rights', rightsFindings),
    migrations,
    await look('data', dataFindings),
    await look('staff', staffFindings),
    await look('words', wordsFindings),
    await look('calendar', calendarFindings),
  ]
}

/** The calendar with the days that the centre has added. */
const calendarFindings = async ({ database, region, now }: Deps): Promise<Finding[]> => {
  const daysOff = withCentreDays(region.daysOff, await readCentreDays(database))
  return examineCalendar(now(), { ...region, daysOff })
}

/** A failure becomes a finding. Drivers quote data in their messages, so only a code is repeated. */
const asFindings = async (config: Config, examine: () => Promise<Finding[]>): Promise<Finding[]> => {
  try {
    return await examine()
  } catch (error) {
    const inner = (error as { meta?: { code?: unknown } }).meta?.code
    const cause =
      startCause(error, config) ?? (inner === undefined ? null : startCause({ code: inner }, config))
    if (cause) return [foundCause(cause)]
    return [
      found('database.failed', { code: String(inner ?? (error as { code?: unknown }).code ?? 'unknown') }),
    ]
  }
}

const connectionFindings = async ({ database, config, now }: Deps): Promise<Finding[]> => {
  await database.ping(pingMs)
  await refuseTransactionPooler(database)
  await refuseOtherTimeZone(database)
  if (config.mode !== 'sandbox') await refuseMovedClock(database)
  if (database.kind === 'embedded') return []
  return clockFindings(now().getTime() - (await databaseTime(database)).getTime(), 'the database')
}

const rightsFindings = async ({ database }: Deps): Promise<Finding[]> => {
  if (database.kind === 'embedded') return []
  const { name: user, owner, superuser } = await currentUser(database)
  if (owner || superuser) return [found('database.user-owns', { user })]
  const { missing, beyond } = await rightsState(database)
  return [
    ...(missing.length > 0 ? [found('database.rights-lacking', { user, rights: listed(missing) })] : []),
    ...(beyond.length > 0 ? [found('database.rights-beyond', { user, rights: listed(beyond) })] : []),
  ]
}

const migrationFindings = async ({ database }: Deps): Promise<Finding[]> => {
  const { pending, changed, unknown } = await migrationState(database)
  return [
    ...(pending.length > 0 ? [found('migrations.pending', { count: pending.length })] : []),
    ...(changed.length > 0 ? [found('migrations.changed', { names: listed(changed) })] : []),
    ...(unknown.length > 0 ? [found('migrations.unknown', { names: listed(unknown) })] : []),
  ]
}

const dataFindings = async ({ database, sealer, region }: Deps): Promise<Finding[]> => {
  const { refused, incomplete } = await lookAtStoredData(database, { sealer, region: region.code })
  if (refused) return [foundCause({ code: refused.code, text: refused.message })]
  return [
    ...(incomplete ? [found('keys.incomplete', incomplete)] : []),
    ...(await rotationFindings(database)),
  ]
}

/** A destroyed key may still be in a copy of the cluster, wrapped by the key that is rotated away. */
const rotationFindings = async (database: Database): Promise<Finding[]> => {
  const { erasures, rotatedAt } = await erasedSinceRotation(database)
  if (erasures === 0) return []
  const since = rotatedAt
    ? `since the keys were rotated on ${rotatedAt.toISOString().slice(0, 10)}`
    : 'and the keys were never rotated'
  return [found('keys.rotation-due', { erasures, since })]
}

const staffFindings = async ({ database, region }: Deps): Promise<Finding[]> => {
  const intake = await joinedStaff(database, 'intake')
  const served = new Set(intake.flatMap(({ territories }) => territories))
  // Before the first start there are none: those that a new centre begins with.
  const stored = await readTerritories(database)
  const open = stored.length > 0 ? stored.filter(({ retiredAt }) => retiredAt === null) : region.territories
  const uncovered = open.map(({ code }) => code).filter((code) => !served.has(code))
  return [
    ...(intake.length === 0 ? [found('staff.no-intake')] : []),
    ...((await joinedStaff(database, 'supervisor')).length === 0 ? [found('staff.no-supervisor')] : []),
    ...((await joinedStaff(database, 'curator')).length === 0 ? [found('staff.no-curator')] : []),
    ...(intake.length > 0 && uncovered.length > 0
      ? [found('staff.territory-uncovered', { territories: listed(uncovered) })]
      : []),
  ]
}

const wordsFindings = async ({ database }: Deps): Promise<Finding[]> =>
  (await alarmingWords(database)).length === 0 ? [found('words.none')] : []
