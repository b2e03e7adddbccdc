import { DomainError } from '#core/errors.ts'
import { mustAdminister } from '#features/staff/administrators.ts'
import type { Reader } from '#storage/database.ts'
import { type DestructionAct, findAct, listActs } from '#storage/erasure/acts.ts'
import type { StaffMember } from '#storage/staff/staff.ts'

type As = { staff: StaffMember }

/** A page of the acts of destruction, newest first; `before`: the number of the last one seen. Throws `not-found` for others than administrators. */
export const actsForStaff = (
  reader: Reader,
  { staff, ...page }: As & { before?: number | undefined; limit: number },
): Promise<DestructionAct[]> => {
  mustAdminister(staff)
  return listActs(reader, page)
}

/** One act. Throws `not-found`, also for others than administrators. */
export const actForStaff = async (
  reader: Reader,
  { staff, id }: As & { id: string },
): Promise<DestructionAct> => {
  mustAdminister(staff)
  const act = await findAct(reader, id)
  if (!act) throw new DomainError('not-found')
  return act
}
