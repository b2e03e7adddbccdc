import { availableCurator } from '#features/families/curator.ts'
import { staffRights } from '#features/families/family-access.ts'
import { dutyEnd, nextDutyStart } from '#features/routing/duty-hours.ts'
import type { Region } from '#regions/schema.ts'
import type { Reader } from '#storage/database.ts'
import type { Family } from '#storage/families/families.ts'
import type { StaffMember } from '#storage/staff/staff.ts'

/**
 * The expected reader of a member's message, and when they are available; nothing is promised outside of duty
 * hours.
 */
export type ExpectedReader =
  /** `until`: the end of the current shift; null if they have no duty hours. */
  | { kind: 'here'; name: string; until: Date | null }
  /** `from`: the start of the next shift; null if unknown. */
  | { kind: 'later'; name: string; from: Date | null }
  /** Intake reads: there is no curator yet, or the curator is absent. */
  | { kind: 'intake'; named: boolean }

export const expectedReader = async (
  reader: Reader,
  { timeZone }: Region,
  family: Pick<Family, 'curatorId'>,
  now: Date,
): Promise<ExpectedReader> => {
  const curator = await availableCurator(reader, family, now)
  if (!curator) return { kind: 'intake', named: family.curatorId !== null }
  const { name, dutyHours } = curator
  if (dutyHours === null) return { kind: 'here', name, until: null }
  const until = dutyEnd(dutyHours, now, timeZone)
  if (until) return { kind: 'here', name, until }
  return { kind: 'later', name, from: nextDutyStart(dutyHours, now, timeZone) }
}

/** Whether a staff member may read a family's conversations and its plan, see families/family-access.ts. */
export const canReadMessages = async (
  reader: Reader,
  staff: Pick<StaffMember, 'id' | 'role' | 'active'>,
  family: Pick<Family, 'territory' | 'curatorId'>,
  now: Date,
): Promise<boolean> => (await staffRights(reader, staff, family, { now })).has('conversations')
