import type { Tap } from './callback-data.ts'
import type { Step, Turn } from './screen.ts'
import { wayBack } from './plan/plan-changes-screen.ts'
import { surveyLeft } from './surveys/survey-navigation.ts'
import { wayOn } from './visits/visit-screen.ts'
import { onward } from './intake/next-question.ts'

/**
 * The work of this input was committed by an earlier delivery, whose card was never drawn: goes on from what
 * is kept, not from what was on the screen before.
 */
export const whereLeft = async (turn: Turn, tap: Tap | null): Promise<Step['to']> => {
  const { screen } = turn.session
  switch (screen.name) {
    case 'question':
      return turn.who?.draft ? onward(turn, screen.id, screen.changing) : screen
    case 'submit':
      return turn.who?.openRequest ? { name: 'status', just: 'submitted' } : screen
    case 'note':
      return { name: 'status', just: 'noted' }
    case 'withdraw':
      return { name: 'status', just: 'withdrawn' }
    case 'write':
    case 'pass-on':
      return { name: 'case', requestId: screen.requestId }
    case 'cancel':
      return { name: 'cancelled' }
    case 'messages':
    case 'messages-write':
      return { name: 'messages', familyId: screen.familyId, just: 'sent' }
    case 'plan-words':
      return wayBack(screen)
    case 'visit':
      return wayOn(screen, tap)
    case 'visit-slots':
    case 'visit-words':
    case 'visit-late':
      return { name: 'visit', visitId: screen.visitId }
    case 'f-visit-cancel':
      return { name: 'f-visit', visitId: screen.visitId }
    case 'survey-question':
    case 'survey-rescue':
    case 'survey-heavy':
    case 'survey-check':
      return surveyLeft(turn, screen)
    case 'thread-write':
      return { name: 'thread', memberId: screen.memberId }
    case 'family-invite':
    case 'family-add':
    case 'family-ask':
      return { name: 'family-case', familyId: screen.familyId }
    case 'tell-whom':
      return { name: 'results' }
    case 'join':
      return { name: 'home' }
    default:
      return screen
  }
}
