import { DomainError } from '#core/errors.ts'
import { addCentreDay, dropCentreDay } from '#features/deadlines/centre-days.ts'
import { readCentreDays } from '#storage/deadlines/centre-days.ts'
import type { Command, CommandDeps } from './command.ts'
import { CommandProblem } from './command-problem.ts'

type Of<Name extends Command['name']> = Extract<Command, { name: Name }>

const later = 'The running app knows within five seconds, and counts terms anew from the next minute on'

export const addDayCommand = async (
  { db, clock, territories: { region } }: CommandDeps,
  { day, act, working }: Of<'days-off-add'>,
): Promise<string[]> => {
  const kind = working ? 'working' : 'off'
  const given = { day, act, kind, by: { apiKeyId: null }, now: clock.now(), region } as const
  await db.transaction((tx) => addCentreDay(tx, given)).catch(asProblem)
  return [`Added ${day}: ${kind === 'off' ? 'a day off' : 'a working day'}, ${act}`, later]
}

export const removeDayCommand = async (
  { db, clock }: CommandDeps,
  { day }: Of<'days-off-remove'>,
): Promise<string[]> => {
  const added = (await readCentreDays(db)).find((one) => one.day === day)
  if (!added) throw new CommandProblem('The centre has not added this day: days-off list names them')
  const taken = { id: added.id, by: { apiKeyId: null }, now: clock.now() }
  await db.transaction((tx) => dropCentreDay(tx, taken)).catch(asProblem)
  return [`Removed ${day}`, later]
}

export const listDaysCommand = async ({ db }: CommandDeps): Promise<string[]> => {
  const days = await readCentreDays(db)
  if (days.length === 0) return ['The centre has added no days to the calendar']
  return days.map(({ day, kind, act }) => [day, kind, act].join('\t'))
}

const asProblem = (error: unknown): never => {
  if (!(error instanceof DomainError)) throw error
  throw new CommandProblem(
    error.code === 'already-open'
      ? 'The calendar says so already, or the centre has added this day before'
      : 'The day must be in this year, or in one of the next two',
    { cause: error },
  )
}
