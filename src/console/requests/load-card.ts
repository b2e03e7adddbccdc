import { keepByReading } from '#features/promises/promise.ts'
import { caseDetails } from '#features/requests/case-contents.ts'
import { type CaseStep, historyOfCase } from '#features/requests/case-history.ts'
import { type CaseOpening, openingOf } from '#features/requests/case-opening.ts'
import { type Case, caseForStaff } from '#features/requests/cases.ts'
import { separableFrom } from '#features/requests/proposed-duplicates.ts'
import { auditFlags } from '#features/requests/request-flags.ts'
import { colleaguesForRequest } from '#features/requests/staff-notes.ts'
import { familyOfRequest } from '#storage/families/families.ts'
import { openPromiseOf } from '#storage/promises/promises.ts'
import { findRequest } from '#storage/requests/requests.ts'
import { namesOfStaff } from '#storage/staff/staff.ts'
import type { Visit } from '../visit.ts'

export type CaseWords = Awaited<ReturnType<typeof caseDetails>>['seen'] & {
  /** First names of whoever wrote the lines, or is named by them. */
  names: ReadonlyMap<string, string>
}

export type Card = {
  request: Case
  opening: CaseOpening
  /** Null: it is not shown. */
  words: CaseWords | null
  history: readonly CaseStep[]
  /** Until when the family was promised a word. */
  promisedAt: Date | null
  family: { id: string; number: number } | null
  /** Who may be told of a note. */
  colleagues: readonly { id: string; name: string }[]
  /** What was merged into it, and can be taken out again. */
  separable: readonly { id: string; number: string }[]
}

/** A request without its words; that it was seen is audited as on the bot's card. */
export const loadCase = async ({ deps, staff, now }: Visit, requestId: string): Promise<Case> => {
  const request = await caseForStaff(deps.database, deps.sealer, staff, requestId, now)
  await auditFlags(deps.database, { requests: [request], staffId: staff.id, now })
  return request
}

/** The words of a request, and that they were read: by whoever opens the page, and not by a page that draws itself anew. */
export const loadWords = ({ deps, staff, now, redrawn }: Visit, requestId: string): Promise<CaseWords> =>
  deps.database.transaction(async (tx) => {
    const look = { staff, requestId, now, again: redrawn }
    const { seen } = await caseDetails(tx, deps.sealer, look)
    if (seen.all && !redrawn) await keepByReading(tx, { requestId }, now)
    const lines = [...seen.lines, ...seen.merged.flatMap((one) => one.lines)]
    const writers = lines.flatMap(({ staffId, mentioned, keptFrom }) => [
      ...(staffId === null ? [] : [staffId]),
      ...mentioned,
      ...keptFrom,
    ])
    return { ...seen, names: await namesOfStaff(tx, [...new Set(writers)]) }
  })

const colleaguesFor = async ({ deps, staff }: Visit, requestId: string) => {
  const request = await findRequest(deps.database, requestId)
  return request ? colleaguesForRequest(deps.database, request, staff.id) : []
}

/** `asked`: the reader wants to see what is not shown at once. */
export const loadCard = async (visit: Visit, requestId: string, asked: boolean): Promise<Card> => {
  const { deps, staff } = visit
  const { database } = deps
  const request = await loadCase(visit, requestId)
  const opening = openingOf(request, staff)
  const open = opening === 'shown' || (opening === 'offered' && asked)
  const words = open ? await loadWords(visit, requestId) : null
  const { concerns } = request
  return {
    request,
    opening,
    words,
    history: concerns ? await historyOfCase(database, { requestId, staffId: staff.id }) : [],
    promisedAt: concerns ? ((await openPromiseOf(database, { requestId }))?.dueAt ?? null) : null,
    family: concerns ? await familyOfRequest(database, requestId) : null,
    colleagues: request.rights.has('note') ? await colleaguesFor(visit, requestId) : [],
    separable:
      request.rights.has('give') && opening !== 'reason' && request.merged.length > 0
        ? await separableFrom(database, { keptId: requestId, now: visit.now })
        : [],
  }
}
