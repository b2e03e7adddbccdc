import type { Region } from '#regions/schema.ts'
import type { Reader } from '#storage/database.ts'
import { readSpecialists } from '#storage/routing/routing-decisions.ts'
import { fallbackGroup } from './candidate-groups.ts'
import { type AssigneeChoice, chooseAssignee, type AssignmentCriteria } from './choose-assignee.ts'
import { cardAt, escalationAt } from './delays.ts'

export type DryRun = AssigneeChoice & {
  /** Ids of those who would be told where nobody can be given it; empty otherwise. */
  fallback: string[]
  /** When the choice would be shown it; null where there is none. */
  cardAt: Date | null
  /** When it would go on to the next one. */
  escalateAt: Date
}

/** Who would get such a request now, why, and when. */
export const dryRun = async (
  reader: Reader,
  { region }: { region: Region },
  {
    now,
    urgent,
    ...wanted
  }: Pick<AssignmentCriteria, 'territory' | 'minor' | 'language'> & { urgent: boolean; now: Date },
): Promise<DryRun> => {
  const { timeZone } = region
  const specialists = await readSpecialists(reader, { now })
  const judged = chooseAssignee({ ...wanted, excluded: [], without: [], timeZone }, specialists, now)
  const choice = specialists.find(({ id }) => id === judged.choice)
  const group = choice ? [] : await fallbackGroup(reader, region, wanted.territory, { now })
  return {
    ...judged,
    fallback: group.map(({ id }) => id),
    cardAt: choice ? cardAt(region, urgent, choice.dutyHours, now) : null,
    escalateAt: escalationAt(region, urgent, now),
  }
}
