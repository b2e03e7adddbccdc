import type { StepDeps, Actor } from '#features/requests/request-step.ts'
import { tellStaff } from '#features/worklist/tell-staff.ts'
import type { Tx } from '#storage/database.ts'
import type { Family } from '#storage/families/families.ts'
import { staffOfTerritory } from '#storage/staff/staff.ts'

/**
 * Tells whose work a message is: the family's curator; without one, the specialists of the territory, or its supervisors where
 * there are none. Nobody of them is told of what they wrote down themselves. An urgent one without a family has been routed.
 */
export const tellOfIncoming = async (
  tx: Tx,
  deps: StepDeps,
  given: {
    id: string
    territory: string
    family: Family | null
    urgent: boolean
    by: Actor
    now: Date
  },
): Promise<void> => {
  const { id, territory, family, urgent, by, now } = given
  const tell = (staffId: string) =>
    tellStaff(tx, deps, { staffId, news: 'incoming', subjectId: id, urgent, by, now })
  if (family?.curatorId) return tell(family.curatorId)
  if (urgent) return
  const specialists = await staffOfTerritory(tx, territory, 'intake')
  const told = specialists.length > 0 ? specialists : await staffOfTerritory(tx, territory, 'supervisor')
  // Whoever wrote it down has it before them.
  if (told.some(({ id: staffId }) => staffId === by.staffId)) return
  for (const { id: staffId } of told) await tell(staffId)
}
