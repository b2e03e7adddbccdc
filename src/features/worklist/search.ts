import { yearIn } from '#core/dates.ts'
import { staffRights } from '#features/families/family-access.ts'
import type { Staff } from '#features/requests/cases.ts'
import { territoriesServedBy } from '#features/requests/request-queue.ts'
import { isConcernOf } from '#features/staff/concern.ts'
import type { Region } from '#regions/schema.ts'
import type { Database, Tx } from '#storage/database.ts'
import { familyOfNumber, familyOfRequest, findFamily } from '#storage/families/families.ts'
import { findByNumber, findRequest } from '#storage/requests/requests.ts'
import type { Sealer } from '#storage/seal.ts'
import { addAudit } from '#storage/staff/audit.ts'
import { subjectsMarked } from '#storage/worklist/search-marks.ts'
import { marksToFind, numberToFind } from './search-terms.ts'

export type Hit = { kind: 'request' | 'family'; id: string }

/** `more`: there are, or may be, others that are not shown. */
type Found = { hits: Hit[]; more: boolean }

/** So many are looked at and shown; who finds more is told so, and is to be more specific. */
export const mostHits = 10
const mostLookedAt = 200

type Deps = { database: Database; region: Region; sealer: Sealer }

/**
 * Finds requests and families by number, or by name or phone, among those that the member of staff may open anyway: what
 * concerns them not is not there, as elsewhere. A search by name or phone is audited, with what it found and without what
 * was searched for.
 */
export const searchWork = async (
  { database, region, sealer }: Deps,
  { staff, text, now }: { staff: Staff; text: string; now: Date },
): Promise<Found> => {
  const territories = staff.role === 'curator' ? [] : await territoriesServedBy(database, region, staff)
  return database.transaction(async (tx) => {
    const asked = text.trim()
    const byNumber = numberToFind(asked, yearIn(now, region.timeZone))
    if (byNumber) {
      const family = byNumber.family === null ? null : await familyOfNumber(tx, byNumber.family)
      const requestIds: string[] = []
      for (const number of byNumber.requests) {
        const request = await findByNumber(tx, number)
        if (request) requestIds.push(request.id)
      }
      return visibleOf(tx, { staff, now }, { requestIds, familyIds: family ? [family.id] : [] })
    }
    const marks = marksToFind(sealer, asked)
    if (marks.length === 0) return { hits: [], more: false }
    // Of a common name, what others have must not crowd out what is the reader's own.
    const within = { staffId: staff.id, territories }
    const found = await subjectsMarked(tx, marks, { within, limit: mostLookedAt })
    // Phones stand with the request that a family came from.
    for (const id of found.requestIds) {
      const family = await familyOfRequest(tx, id)
      if (family && !found.familyIds.includes(family.id)) found.familyIds.push(family.id)
    }
    const cut = found.requestIds.length === mostLookedAt || found.familyIds.length >= mostLookedAt
    const { hits, more } = await visibleOf(tx, { staff, now }, found)
    const by = { staffId: staff.id, action: 'people.searched', at: now } as const
    for (const { kind, id } of hits)
      await addAudit(tx, { ...by, ...(kind === 'request' ? { requestId: id } : { familyId: id }) })
    if (hits.length === 0) await addAudit(tx, by)
    return { hits, more: more || cut }
  })
}

/** Those of the found that the reader may open: one place decides about each kind. */
const visibleOf = async (
  tx: Tx,
  { staff, now }: { staff: Staff; now: Date },
  { requestIds, familyIds }: { requestIds: readonly string[]; familyIds: readonly string[] },
): Promise<Found> => {
  const hits: Hit[] = []
  // Each costs several statements: a common name is not looked through to its end, but to the first that is not shown.
  for (const id of familyIds) {
    const family = await findFamily(tx, id)
    if (!family || !(await staffRights(tx, staff, family, { now })).has('card')) continue
    if (hits.length === mostHits) return { hits, more: true }
    hits.push({ kind: 'family', id })
  }
  for (const id of requestIds) {
    const request = await findRequest(tx, id)
    if (!request || !(await isConcernOf(tx, staff, request))) continue
    if (hits.length === mostHits) return { hits, more: true }
    hits.push({ kind: 'request', id })
  }
  return { hits, more: false }
}
