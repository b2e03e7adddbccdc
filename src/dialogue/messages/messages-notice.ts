import type { CardView } from '#dialogue/families/family-card.ts'
import { canReadMessages } from '#features/messages/messages-for-staff.ts'
import { isUnanswered } from '#features/messages/thread-lines.ts'
import { openPromiseOf } from '#storage/promises/promises.ts'
import { messageCardView } from './staff-thread-view.ts'

type Kind = 'message' | 'message-alarming' | 'message-late'

/** A member wrote. None of their words are on the card; null if it was answered meanwhile. */
const messageCard =
  (kind: Kind): CardView =>
  async ({ database, clock }, builder, { family, staff, subjectId }) => {
    if (!(await canReadMessages(database, staff, family, clock.now()))) return null
    if (!(await isUnanswered(database, subjectId))) return null
    const late = kind === 'message-late'
    if (late && !(await openPromiseOf(database, { memberId: subjectId }))) return null
    return messageCardView(builder, { number: family.number, memberId: subjectId, kind })
  }

export const messageCards = {
  message: messageCard('message'),
  'message-alarming': messageCard('message-alarming'),
  'message-late': messageCard('message-late'),
}
