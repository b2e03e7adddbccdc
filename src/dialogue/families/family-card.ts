import type { CardBuilder } from '#dialogue/card-builder.ts'
import type { DialogueDeps } from '#dialogue/screen.ts'
import type { View } from '#dialogue/view.ts'
import type { Family } from '#storage/families/families.ts'
import type { StaffMember } from '#storage/staff/staff.ts'

export type CardDeps = Pick<DialogueDeps, 'database' | 'sealer' | 'texts' | 'region' | 'clock'>
export type CardFacts = {
  family: Family
  staff: StaffMember
  /** The visit, activity or member that it is about; empty where it is about the family. */
  subjectId: string
}
/** Draws one kind of card for its reader; null where it has no purpose any more. Nothing personal stands on it: that is behind its buttons. */
export type CardView = (deps: CardDeps, builder: CardBuilder, facts: CardFacts) => Promise<View | null>
