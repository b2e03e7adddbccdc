import type { CardView } from '#dialogue/families/family-card.ts'
import { canReadMessages } from '#features/messages/messages-for-staff.ts'
import { isUnanswered } from '#features/messages/thread-lines.ts'
import { messageCardView } from './staff-thread-view.ts'

/** A member wrote. None of their words are on the card; null if it was answered meanwhile. */
const messageCard =
  (alarming: boolean): CardView =>
  async ({ database, clock }, builder, { family, staff, subjectId }) => {
    if (!(await canReadMessages(database, staff, family, clock.now()))) return null
    if (!(await isUnanswered(database, subjectId))) return null
    return messageCardView(builder, { number: family.number, memberId: subjectId, alarming })
  }

export const messageCards = { message: messageCard(false), 'message-alarming': messageCard(true) }
