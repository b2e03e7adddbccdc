import type { Actor, FamilyDeps } from '#features/families/active.ts'
import { tellStaff } from '#features/worklist/tell-staff.ts'
import type { WorkNews } from '#queue/work-news.ts'
import type { Tx } from '#storage/database.ts'
import type { Visit } from '#storage/visits/visits.ts'

/** A change of a visit within this time is told at any hour. */
const soonMs = 24 * 60 * 60 * 1000

type Given = { visit: Visit; by?: Actor | undefined; now: Date }

/** Tells whoever makes a visit what others have changed about it. */
export const tellVisitor = (
  tx: Tx,
  deps: FamilyDeps,
  { visit: { id: subjectId, staffId, version, startsAt }, by, now }: Given,
  news: Extract<WorkNews, `visit-${string}`>,
): Promise<void> => {
  const urgent = startsAt.getTime() - now.getTime() < soonMs
  return tellStaff(tx, deps, { staffId, news, subjectId, version, urgent, by, now })
}

/** After a move: the visitor of before, too, if somebody else makes it now. */
export const tellOfMove = async (
  tx: Tx,
  deps: FamilyDeps,
  { visit, moved, by, now }: Given & { moved: Visit },
): Promise<void> => {
  if (moved.staffId === visit.staffId) return tellVisitor(tx, deps, { visit: moved, by, now }, 'visit-moved')
  await tellVisitor(tx, deps, { visit: moved, by, now }, 'visit-new')
  const before = { ...moved, staffId: visit.staffId }
  await tellVisitor(tx, deps, { visit: before, by, now }, 'visit-taken')
}
