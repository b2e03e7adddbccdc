import type { CardBuilder } from '#dialogue/card-builder.ts'
import type { DialogueDeps } from '#dialogue/screen.ts'
import type { View } from '#dialogue/view.ts'
import type { Family } from '#storage/families/families.ts'
import type { StaffMember } from '#storage/staff/staff.ts'

export type CardDeps = Pick<DialogueDeps, 'database' | 'sealer' | 'texts' | 'region' | 'clock'>
export type CardFacts = {
  family: Family
  staff: StaffMember
  /** The id of the visit, activity or member concerned; empty for the family itself. */
  subjectId: string
}
/** Draws one kind of card. Null if it has become pointless. Nothing personal is on it: that is behind its buttons. */
export type CardView = (deps: CardDeps, builder: CardBuilder, facts: CardFacts) => Promise<View | null>
