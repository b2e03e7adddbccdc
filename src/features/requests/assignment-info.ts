import { type Phrase, explainChoice } from '#features/routing/routing-reason.ts'
import type { Reader } from '#storage/database.ts'
import type { RequestSummary } from '#storage/requests/requests.ts'
import { latestDecisions } from '#storage/routing/routing-decisions.ts'
import { namesOfStaff } from '#storage/staff/staff.ts'

/** Whom a request waits for, and why. */
export type AssignmentInfo = {
  /** Null: anybody. */
  assignedTo: { id: string; name: string } | null
  /** Null where no decision says so. */
  why: Phrase | null
}

/** Whom each of the requests waits for, by its newest decision; by the request's id. */
export const assignmentInfoOf = async (
  reader: Reader,
  requests: readonly Pick<RequestSummary, 'id' | 'assignedToId'>[],
): Promise<Map<string, AssignmentInfo>> => {
  const ids = requests.map(({ id }) => id)
  const holders = requests.flatMap(({ assignedToId }) => assignedToId ?? [])
  const decisions = await latestDecisions(reader, ids)
  const names = await namesOfStaff(reader, holders)
  return new Map(
    requests.map(({ id, assignedToId }) => {
      const decision = decisions.get(id)
      const name = names.get(assignedToId ?? '')
      const assignedTo = assignedToId !== null && name !== undefined ? { id: assignedToId, name } : null
      return [id, { assignedTo, why: decision?.staffId === assignedToId ? explainChoice(decision) : null }]
    }),
  )
}
