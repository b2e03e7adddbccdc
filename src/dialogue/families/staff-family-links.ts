import { z } from 'zod'
import type { Action } from '#dialogue/callback-data.ts'
import type { Step, Turn } from '#dialogue/screen.ts'
import { familyForStaff } from '#features/families/caseload.ts'

/** Buttons that lead staff to a family: they stand on cards in every chat, and are judged by its state of now. */
const familyActions = ['f-list', 'f-card', 'f-names', 'f-invite', 'f-ask'] as const
type FamilyAction = (typeof familyActions)[number]

export const isFamilyLink = (action: Action): action is FamilyAction =>
  (familyActions as readonly string[]).includes(action)

/** Null: the button was made by hand, and names nothing. Throws `not-found` for a family of no concern. */
export const followFamilyLink = async (
  turn: Turn,
  action: FamilyAction,
  familyId: string,
): Promise<Step | null> => {
  const { input, session } = turn
  const to = await leadTo(turn, action, familyId)
  const elsewhere = input.event.kind === 'tap' && input.event.messageId !== session.cardId
  return to && { to, ...(elsewhere && { fresh: true }) }
}

const leadTo = async (
  { deps, who }: Turn,
  action: FamilyAction,
  familyId: string,
): Promise<Step['to'] | null> => {
  if (action === 'f-list') return who?.staff?.active ? { name: 'caseload' } : { name: 'home' }
  if (!z.uuid().safeParse(familyId).success) return null
  await familyForStaff(deps.database, { staff: who?.staff, familyId })
  if (action === 'f-invite') return { name: 'family-invite', familyId }
  if (action === 'f-ask') return { name: 'family-ask', familyId }
  return { name: 'family-case', familyId, ...(action === 'f-names' && { part: 'names' as const }) }
}
