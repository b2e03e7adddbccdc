import { Temporal } from 'temporal-polyfill'
import { DomainError } from '#core/errors.ts'
import { addAbsence, endAbsence, isWithin } from '#features/staff/absences.ts'
import { type Absence, absencesOf } from '#storage/staff/absences.ts'
import { addAudit } from '#storage/staff/audit.ts'
import { lockStaff } from '#storage/staff/staff.ts'
import { staffWork } from '#storage/staff/staff-work.ts'
import type { Command, CommandDeps } from './command.ts'
import { CommandProblem } from './command-problem.ts'

/** Shows when somebody is absent, records another absence, or ends what is recorded. */
export const absenceCommand = async (
  { db, clock, territories, ...deps }: CommandDeps,
  { staffId, from, until, end }: Extract<Command, { name: 'staff-absence' }>,
): Promise<string[]> => {
  const now = clock.now()
  const { timeZone } = territories.region
  const enqueue = until !== undefined || end ? await deps.enqueue() : null
  return db.transaction(async (tx) => {
    const member = await lockStaff(tx, staffId, 'all')
    if (!member) throw new CommandProblem('No staff member has this id')
    if (enqueue) await addAudit(tx, { at: now, action: 'staff.changed', subjectId: staffId })
    if (enqueue && end)
      for (const { id } of await absencesOf(tx, staffId, now))
        await endAbsence(tx, { enqueue }, { absenceId: id, staffId, now })
    if (!enqueue || until === undefined) return absenceLines(await absencesOf(tx, staffId, now), timeZone)
    const span = {
      from: from === undefined ? now : momentOf(from, timeZone, 0),
      // The last day is a day of absence, too.
      until: momentOf(until, timeZone, 1),
    }
    await addAbsence(tx, { enqueue }, { staffId, ...span, now }).catch(asProblem)
    const { visits } = await staffWork(tx, staffId, now)
    const missed = visits.filter((visit) => isWithin(visit, span))
    return [
      ...absenceLines(await absencesOf(tx, staffId, now), timeZone),
      ...(missed.length > 0 ? [`visits that nobody makes then, told to supervisors\t${missed.length}`] : []),
    ]
  })
}

/** A day begins in the region's time zone; `plus`: so many days later. */
const momentOf = (given: string, timeZone: string, plus: 0 | 1): Date =>
  given.length > 10
    ? new Date(given)
    : new Date(Temporal.PlainDate.from(given).add({ days: plus }).toZonedDateTime(timeZone).epochMilliseconds)

const absenceLines = (absences: readonly Absence[], timeZone: string): string[] =>
  absences.length === 0
    ? ['No absence is recorded']
    : absences.map(({ from, until }) => `${localTime(from, timeZone)}\t${localTime(until, timeZone)}`)

const localTime = (at: Date, timeZone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime())
    .toZonedDateTimeISO(timeZone)
    .toString({ smallestUnit: 'minute', timeZoneName: 'never' })

const asProblem = (error: unknown): never => {
  if (!(error instanceof DomainError)) throw error
  throw new CommandProblem('--until must be later than now and than --from', { cause: error })
}
