import { z } from 'zod'
import type { Action } from '#dialogue/callback-data.ts'
import type { Step, Turn } from '#dialogue/screen.ts'
import type { ScreenState } from '#dialogue/session.ts'
import { familyForMember } from '#features/families/family-for-member.ts'

/** Lead from any card to what a member and the centre write to each other. */
const links = ['messages', 'f-thread', 'thread'] as const
type MessageLink = (typeof links)[number]

export const isMessageLink = (action: Action): action is MessageLink =>
  (links as readonly string[]).includes(action)

/** `messages` names the family, or nothing: the one that is chosen; null for what is no id. */
export const followMessageLink = (turn: Turn, action: MessageLink, arg: string): Step | null => {
  const to = screenFor(turn, action, arg)
  const { event } = turn.input
  const elsewhere = event.kind === 'tap' && event.messageId !== turn.session.cardId
  return to && { to, ...(elsewhere && { fresh: true }) }
}

const screenFor = (turn: Turn, action: MessageLink, arg: string): ScreenState | null => {
  if (action === 'messages' && arg === '') return openMessages(turn).to
  const { data: id } = z.uuid().safeParse(arg)
  if (!id) return null
  if (action === 'thread') return { name: 'thread', memberId: id }
  if (action === 'f-thread') return { name: 'f-thread', familyId: id }
  turn.session.familyId = familyForMember(turn.who, id).id
  return { name: 'messages', familyId: id }
}

/** The own conversation in the family that the person looks at. Throws `not-found` for who is in none. */
export const openMessages = ({ who, session }: Turn): Step => ({
  to: { name: 'messages', familyId: familyForMember(who, session.familyId).id },
})
