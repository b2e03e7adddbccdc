import { DomainError } from '#core/errors.ts'
import type { DialogueDeps } from '#dialogue/screen.ts'
import type { View } from '#dialogue/view.ts'
import { createPen, type Pen } from '#dialogue/views/pen.ts'
import { readsCard } from '#features/families/card-readers.ts'
import type { FamilyCard } from '#features/families/cards.ts'
import { type Family, findFamily } from '#storage/families.ts'
import { personOf } from '#storage/people.ts'
import { findStaff, type StaffMember } from '#storage/staff.ts'
import { messageCards } from './messages.ts'
import { planCards } from './plan.ts'
import type { Notice } from './requests.ts'
import { surveyCards } from './surveys.ts'
import { unreachableCards } from './unreachable.ts'
import { visitCards } from './visits.ts'

export type CardDeps = Pick<DialogueDeps, 'database' | 'sealer' | 'texts' | 'region' | 'clock'>
export type CardFacts = {
  family: Family
  staff: StaffMember
  /** The visit, activity or member that it is about; empty where it is about the family. */
  subjectId: string
}
/** Draws one kind of card for its reader; null where it has no purpose any more. Nothing personal stands on it: that is behind its buttons. */
export type CardView = (deps: CardDeps, pen: Pen, facts: CardFacts) => Promise<View | null>

const views: Partial<Record<FamilyCard, CardView>> = {
  ...messageCards,
  ...planCards,
  ...surveyCards,
  ...unreachableCards,
  ...visitCards,
}

/** A card about a family for one member of staff; null where there is nothing to tell, or it is not their concern (any more). */
export const familyCardNotice = async (
  deps: CardDeps,
  {
    familyId,
    staffId,
    kind,
    subjectId = '',
  }: { familyId: string; staffId: string; kind: FamilyCard; subjectId?: string | undefined },
): Promise<Notice | null> => {
  const staff = await findStaff(deps.database, staffId)
  const person = staff?.personId && (await personOf(deps.database, staff.personId))
  const family = await findFamily(deps.database, familyId)
  if (!staff || !person || !family) return null
  const now = deps.clock.now()
  if (!(await readsCard(deps.database, deps.region, staff, { family, kind, subjectId, now }))) return null
  const draw = views[kind]
  if (!draw) throw new DomainError('not-found')
  const view = await draw(deps, createPen(deps.texts.for(person.language, 'adult'), 0), {
    family,
    staff,
    subjectId,
  })
  return view && { account: person.account, view }
}
