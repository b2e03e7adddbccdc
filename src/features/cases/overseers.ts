import { dutySupervisors, familyFallbackGroup } from '#features/routing/candidate-groups.ts'
import type { Region } from '#regions/schema.ts'
import type { Tx } from '#storage/database.ts'
import type { Family } from '#storage/families/families.ts'
import { insertAlarm } from '#storage/worklist/work-alarms.ts'

/**
 * Who hears what becomes of a family besides its curator: the supervisors of its territory who are there; without any, whoever takes
 * its curator's place, because nobody else may know of it.
 */
export const overseersOf = async (tx: Tx, region: Region, territory: string, now: Date) => {
  const supervisors = await dutySupervisors(tx, region, territory, now)
  return supervisors.length > 0 ? supervisors : familyFallbackGroup(tx, region, territory, { now })
}

/** Lets supervisors know that stages of a family were left out. */
export const tellOfSkip = async (
  tx: Tx,
  { region }: { region: Region },
  { family, stages, now }: { family: Family; stages: readonly string[]; now: Date },
): Promise<void> => {
  for (const { id: staffId } of await overseersOf(tx, region, family.territory, now))
    for (const detail of stages) {
      const alarm = { cause: 'skipped', detail, since: now, level: 'supervisors', staffId, at: now } as const
      await insertAlarm(tx, { familyId: family.id }, alarm)
    }
}
