import { type Phrase, explainChoice } from '#features/routing/routing-reason.ts'
import type { Reader } from '#storage/database.ts'
import type { RequestSummary } from '#storage/requests/requests.ts'
import { latestDecisions } from '#storage/routing/routing-decisions.ts'
import { namesOfStaff } from '#storage/staff/staff.ts'

/** The assignee of a request, and the reason. */
export type AssignmentInfo = {
  /** Null if unassigned. */
  assignedTo: { id: string; name: string } | null
  /** Null if no decision explains it. */
  why: Phrase | null
}

/** The assignees of requests by their latest decisions; keyed by request id. */
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
