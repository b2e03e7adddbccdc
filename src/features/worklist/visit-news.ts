import type { Payload } from '#queue/queues.ts'
import type { Reader } from '#storage/database.ts'
import { findFamily } from '#storage/families/families.ts'
import { findStaff } from '#storage/staff/staff.ts'
import { findVisit, type Visit } from '#storage/visits/visits.ts'

export type VisitNews = { visit: Visit; number: number /** Who makes it. */; name: string }

/** What is news of a visit for a member of staff; null if it is not theirs any more, was moved again, or has begun. */
export const visitNewsFor = async (
  reader: Reader,
  { staffId, news, now }: { staffId: string; news: Payload<'work-news'>; now: Date },
): Promise<VisitNews | null> => {
  const visit = news.subjectId === undefined ? null : await findVisit(reader, news.subjectId)
  const family = visit && (await findFamily(reader, visit.familyId))
  if (!visit || !family || visit.version !== news.version) return null
  if ((visit.staffId === staffId) === (news.news === 'visit-taken')) return null
  if ((visit.status === 'cancelled') !== (news.news === 'visit-cancelled')) return null
  const reminds = news.news === 'visit-day' || news.news === 'visit-hours'
  if (visit.endsAt <= now || (reminds && (visit.startsAt <= now || visit.status !== 'planned'))) return null
  return { visit, number: family.number, name: (await findStaff(reader, visit.staffId))?.name ?? '' }
}
