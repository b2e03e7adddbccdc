import type { StepDeps, Actor } from '#features/requests/request-step.ts'
import { availableCurator } from '#features/families/curator.ts'
import { readersOfTerritory } from '#features/routing/candidate-groups.ts'
import { tellStaff } from '#features/worklist/tell-staff.ts'
import type { Tx } from '#storage/database.ts'
import type { Family } from '#storage/families/families.ts'

/**
 * Tells whose work a message is: the family's curator; without one who is there, the specialists of the territory, or its
 * supervisors where there are none. Nobody of them is told of what they wrote down themselves. An urgent one has been routed besides.
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
  const curator = family && (await availableCurator(tx, family, now))
  if (curator) return tell(curator.id)
  if (urgent) return
  const told = await readersOfTerritory(tx, family?.territory ?? territory, now)
  // Whoever wrote it down has it before them.
  if (told.some(({ id: staffId }) => staffId === by.staffId)) return
  for (const { id: staffId } of told) await tell(staffId)
}
