import { type CaseEventKind, caseEventKinds } from '#regions/case-rules.ts'
import type { Region } from '#regions/schema.ts'
import { caseEventsOf, inForce } from '#storage/cases/case-events.ts'
import { lastEpisode } from '#storage/cases/episodes.ts'
import type { Reader } from '#storage/database.ts'
import type { EndReason, Family } from '#storage/families/families.ts'
import { dayOfMoment } from './case-record.ts'
import { mustBeInOrder } from './event-order.ts'
import { placeOf } from './next-term.ts'

/**
 * Whether support is about to end with its goals reached although nobody has recorded the final diagnosis, on which that is decided
 * (Stavropol 6.25).
 */
export const lacksFinalDiagnosis = async (
  reader: Reader,
  { caseRules }: Region,
  { familyId, reason }: { familyId: string; reason: EndReason },
): Promise<boolean> => {
  if (reason !== 'goals-reached' || !caseRules.events['final-diagnosis']) return false
  const episode = await lastEpisode(reader, familyId)
  const events = inForce(await caseEventsOf(reader, familyId)).filter(
    ({ episodeId }) => episodeId === episode?.id,
  )
  const round = Math.max(1, ...events.map((one) => one.round))
  return !events.some((one) => one.kind === 'final-diagnosis' && one.round === round)
}

/**
 * What can be recorded of a case now without leaving out a stage: what its events allow, and nobody has recorded. In the order in which
 * it usually happens.
 */
export const recordableEvents = async (
  reader: Reader,
  region: Region,
  family: Family,
  now: Date,
): Promise<CaseEventKind[]> => {
  const episode = await lastEpisode(reader, family.id)
  const rows = await caseEventsOf(reader, family.id)
  const events = inForce(rows).filter(({ episodeId }) => episodeId === episode?.id)
  const round = Math.max(1, ...events.map((one) => one.round))
  const today = dayOfMoment(region, now)
  const here = region.stages.indexOf(family.stage)
  const recorded = (kind: CaseEventKind) => events.filter((one) => one.kind === kind && one.round === round)
  return caseEventKinds.filter((kind) => {
    const rule = region.caseRules.events[kind]
    if (!rule || (!rule.again && recorded(kind).some(({ implied }) => !implied))) return false
    const place = placeOf(region, kind)
    // What began or ends the present stage; of earlier ones the day is not asked any more.
    if (place !== null && place !== here && place !== here + 1) return false
    if (rule.back) {
      const right = region.stages.indexOf(rule.back) === here - 1
      if (!right && !(rule.after ?? []).some((cause) => recorded(cause).length > 0)) return false
    }
    try {
      mustBeInOrder(region, { kind, on: today, stage: family.stage, today }, events)
      return true
    } catch {
      return false
    }
  })
}
