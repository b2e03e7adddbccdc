import type { StepDeps, Actor } from '#features/requests/request-step.ts'
import { availableCurator } from '#features/families/curator.ts'
import { readersOfTerritory } from '#features/routing/candidate-groups.ts'
import { tellStaff } from '#features/worklist/tell-staff.ts'
import type { Tx } from '#storage/database.ts'
import type { Family } from '#storage/families/families.ts'

/**
 * Tells whose work a message is: the family's curator; without one who is there, the specialists of the territory, or its
 * supervisors where there are none, else the curator all the same. Nobody is told of what they wrote down themselves: of a message
 * without a family that is enough; of one about a family somebody else must know. `routed`: its request has just been routed.
 */
export const tellOfIncoming = async (
  tx: Tx,
  deps: StepDeps,
  given: {
    id: string
    territory: string
    family: Family | null
    urgent: boolean
    routed: boolean
    by: Actor
    now: Date
  },
): Promise<void> => {
  const { id, territory, family, urgent, routed, by, now } = given
  const tell = (staffId: string) =>
    tellStaff(tx, deps, { staffId, news: 'incoming', subjectId: id, urgent, by, now })
  const curator = family && (await availableCurator(tx, family, now))
  if (curator) return tell(curator.id)
  if (routed) return
  if (!family) {
    const readers = await readersOfTerritory(tx, territory, { now })
    // Whoever wrote it down has it before them.
    if (readers.some(({ id: staffId }) => staffId === by.staffId)) return
    for (const { id: staffId } of readers) await tell(staffId)
    return
  }
  const without = by.staffId === undefined ? [] : [by.staffId]
  const readers = await readersOfTerritory(tx, family.territory, { now, without })
  if (readers.length === 0 && family.curatorId) return tell(family.curatorId)
  for (const { id: staffId } of readers) await tell(staffId)
}
