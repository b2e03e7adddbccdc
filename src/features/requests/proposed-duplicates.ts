import { type Caller, reachesTerritory } from '#features/staff/api-keys.ts'
import { isConcernOf } from '#features/staff/concern.ts'
import { marksToFind, nameWords } from '#features/worklist/search-terms.ts'
import type { Reader, Tx } from '#storage/database.ts'
import { duplicatesOf, openRequestsOfPerson, standingMerge } from '#storage/requests/duplicates.ts'
import { findRequest, type Request } from '#storage/requests/requests.ts'
import type { Sealer } from '#storage/seal.ts'
import { addAudit } from '#storage/staff/audit.ts'
import { openRequestsMarked } from '#storage/worklist/search-marks.ts'
import { requestForStaff, type Staff } from './cases.ts'
import { undoForMs } from './merge-requests.ts'
import { mergeProblem } from './merge-rules.ts'
import { openContact } from './request-content.ts'

/** What two requests have in common: the account, a phone, or a name of at least two words. */
export type Likeness = 'account' | 'phone' | 'name'
export type ProposedDuplicate = { request: Request; like: Likeness[] }

const mostProposed = 20
type Deps = { sealer: Sealer }

/**
 * Open requests that may be about the same and could be merged, either way round; by keyed hashes of names and phones, so that nothing
 * is opened but the contact of the one that is asked about. `sees`: which of them the reader may know of.
 */
const duplicatesLike = async (
  reader: Reader,
  sealer: Sealer,
  request: Request,
  sees: (other: Request) => Promise<boolean>,
): Promise<ProposedDuplicate[]> => {
  const { name, phone } = openContact(sealer, request)
  const likes = new Map<string, Likeness[]>()
  const add = (ids: readonly string[], like: Likeness) => {
    for (const id of ids) if (id !== request.id) likes.set(id, [...(likes.get(id) ?? []), like])
  }
  add(await openRequestsOfPerson(reader, request.personId), 'account')
  if (phone) add(await openRequestsMarked(reader, marksToFind(sealer, phone)), 'phone')
  if (name && nameWords(name).length > 1)
    add(await openRequestsMarked(reader, marksToFind(sealer, name)), 'name')
  const found: ProposedDuplicate[] = []
  for (const [id, like] of likes) {
    if (found.length === mostProposed) break
    const other = await findRequest(reader, id)
    const fits = other && !(mergeProblem(request, other) && mergeProblem(other, request))
    if (other && fits && (await sees(other))) found.push({ request: other, like })
  }
  return found
}

/** For a member of staff whom the request concerns; those that concern them not are not named. Audited as a search. Throws `not-found`. */
export const proposedForStaff = async (
  tx: Tx,
  { sealer }: Deps,
  { staff, requestId, now }: { staff: Staff | null | undefined; requestId: string; now: Date },
): Promise<ProposedDuplicate[]> => {
  const request = await requestForStaff(tx, staff, requestId)
  if (!staff) return []
  const sees = (other: Request) => isConcernOf(tx, staff, other)
  await addAudit(tx, { staffId: staff.id, action: 'people.searched', requestId, at: now })
  return duplicatesLike(tx, sealer, request, sees)
}

/** What was merged into a request so short a time ago that it can be taken out again. The caller checks the right. */
export const separableFrom = async (
  reader: Reader,
  { keptId, now }: { keptId: string; now: Date },
): Promise<Pick<Request, 'id' | 'number'>[]> => {
  const found: Pick<Request, 'id' | 'number'>[] = []
  for (const { id, number } of await duplicatesOf(reader, keptId)) {
    const merge = await standingMerge(reader, id)
    if (merge && now.getTime() - merge.at.getTime() < undoForMs) found.push({ id, number })
  }
  return found
}

/** The same for a key, of the territories that it reaches. */
export const proposedForCaller = async (
  tx: Tx,
  { sealer }: Deps,
  { request, caller, now }: { request: Request; caller: Caller; now: Date },
): Promise<ProposedDuplicate[]> => {
  await addAudit(tx, { apiKeyId: caller.keyId, action: 'people.searched', requestId: request.id, at: now })
  return duplicatesLike(tx, sealer, request, async ({ territory }) => reachesTerritory(caller, territory))
}
