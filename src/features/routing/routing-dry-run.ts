import type { Region } from '#regions/schema.ts'
import type { Reader } from '#storage/database.ts'
import { readSpecialists } from '#storage/routing/routing-decisions.ts'
import { fallbackGroup } from './candidate-groups.ts'
import { type AssigneeChoice, chooseAssignee, type AssignmentCriteria } from './choose-assignee.ts'
import { cardAt, escalationAt } from './delays.ts'

export type DryRun = AssigneeChoice & {
  /** Ids of the fallback group that would be notified if nobody qualifies; empty otherwise. */
  fallback: string[]
  /** When the chosen member would see the card; null if there is none. */
  cardAt: Date | null
  /** When the request would be escalated. */
  escalateAt: Date
}

/** Simulates routing: who would get such a request now, why, and when. */
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
  const decision = chooseAssignee({ ...wanted, excluded: [], without: [], timeZone }, specialists, now)
  const choice = specialists.find(({ id }) => id === decision.choice)
  const group = choice ? [] : await fallbackGroup(reader, region, wanted.territory, { now })
  return {
    ...decision,
    fallback: group.map(({ id }) => id),
    cardAt: choice ? cardAt(region, urgent, choice.dutyHours, now) : null,
    escalateAt: escalationAt(region, urgent, now),
  }
}
