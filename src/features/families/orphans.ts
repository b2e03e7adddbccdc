import type { Reader } from '#storage/database.ts'
import { type JoinedMember, staffOfTerritory } from '#storage/staff/staff.ts'
import { type Orphans, readOrphans } from '#storage/staff/staff-work.ts'

/** What one supervisor has to know: families without a curator and visits that nobody will make, by territory. */
export type OrphanAlarm = { supervisor: JoinedMember; orphans: Orphans[] }

/** The alarms of now; a supervisor with nothing to mend has none. */
export const orphanAlarms = async (reader: Reader, now: Date): Promise<OrphanAlarm[]> => {
  const alarms = new Map<string, OrphanAlarm>()
  for (const orphans of await readOrphans(reader, now))
    for (const supervisor of await staffOfTerritory(reader, orphans.territory, 'supervisor')) {
      const alarm = alarms.get(supervisor.id) ?? { supervisor, orphans: [] }
      alarm.orphans.push(orphans)
      alarms.set(supervisor.id, alarm)
    }
  return [...alarms.values()]
}
