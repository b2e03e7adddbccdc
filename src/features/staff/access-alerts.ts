import type { Reader } from '#storage/database.ts'
import { absentAt } from '#storage/staff/absences.ts'
import { findKey } from '#storage/staff/api-keys.ts'
import { findStaff, type JoinedMember, joinedStaff, type StaffRole } from '#storage/staff/staff.ts'

/** Whose access it is about. */
export type AccessActor = {
  name: string
  role: StaffRole | 'key'
  /** Empty: all. */
  territories: readonly string[]
  /** When a key ends. */
  expiresAt?: Date
}

/** Finds a staff member or a key; null if there is neither. */
export const accessActor = async (reader: Reader, id: string): Promise<AccessActor | null> => {
  const staff = await findStaff(reader, id)
  if (staff) return { name: staff.name, role: staff.role, territories: staff.territories }
  const key = await findKey(reader, id)
  return key && { name: key.name, role: 'key', territories: key.territories, expiresAt: key.expiresAt }
}

/**
 * The supervisors who are told about an actor's access: those who share a territory with it and are there, or else any
 * who are there, or else all; never the actor.
 */
export const accessAlertReaders = async (
  reader: Reader,
  { actorId, actor, now }: { actorId: string; actor: AccessActor; now: Date },
): Promise<JoinedMember[]> => {
  const others = (await joinedStaff(reader, 'supervisor')).filter(({ id }) => id !== actorId)
  const away = await absentAt(reader, now)
  const there = others.filter(({ id, unreachableSince }) => !away.has(id) && unreachableSince === null)
  const { territories } = actor
  const serving = there.filter(
    (member) => territories.length === 0 || member.territories.some((code) => territories.includes(code)),
  )
  return [serving, there, others].find((group) => group.length > 0) ?? []
}
