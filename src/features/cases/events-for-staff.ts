import { type CaseEventKind, caseEventKinds } from '#regions/case-rules.ts'
import type { Region } from '#regions/schema.ts'
import { caseEventsOf, inForce } from '#storage/cases/case-events.ts'
import { lastEpisode } from '#storage/cases/episodes.ts'
import type { Reader } from '#storage/database.ts'
import type { Family } from '#storage/families/families.ts'
import { dayOfMoment } from './case-record.ts'
import { mustBeInOrder } from './event-order.ts'
import { placeOf } from './next-term.ts'

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
  return caseEventKinds.filter((kind) => {
    const rule = region.caseRules.events[kind]
    const known = events.some((one) => one.kind === kind && one.round === round && !one.implied)
    if (!rule || (known && !rule.again) || (placeOf(region, kind) ?? here) > here + 1) return false
    // Going back from where it stands already is nothing.
    if (rule.back && region.stages.indexOf(rule.back) >= here) return false
    try {
      mustBeInOrder(region, { kind, on: today, stage: family.stage, today }, events)
      return true
    } catch {
      return false
    }
  })
}
