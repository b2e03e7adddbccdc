import { availableCurator } from '#features/families/curator.ts'
import { staffRights } from '#features/families/family-access.ts'
import { type ReadingTime, readingTime } from '#features/routing/reading-time.ts'
import type { Region } from '#regions/schema.ts'
import type { Reader } from '#storage/database.ts'
import type { Family } from '#storage/families/families.ts'
import type { StaffMember } from '#storage/staff/staff.ts'

/** The expected reader of what a family writes, and when. */
export type ExpectedReader = ReadingTime & {
  /** Null: intake reads, because nobody is named yet, or the curator is absent (`away`). */
  name: string | null
  away: boolean
}

export const expectedReader = async (
  reader: Reader,
  region: Region,
  family: Pick<Family, 'curatorId'>,
  now: Date,
): Promise<ExpectedReader> => {
  const curator = await availableCurator(reader, family, now)
  const away = curator === null && family.curatorId !== null
  return { name: curator?.name ?? null, away, ...readingTime(region, curator?.dutyHours ?? null, now) }
}

/** Whether a staff member may read a family's conversations and its plan, see families/family-access.ts. */
export const canReadMessages = async (
  reader: Reader,
  staff: Pick<StaffMember, 'id' | 'role' | 'active'>,
  family: Parameters<typeof staffRights>[2],
  now: Date,
): Promise<boolean> => (await staffRights(reader, staff, family, { now })).has('conversations')
