import type { ScreenState } from '#dialogue/registry.ts'
import type { Turn } from '#dialogue/screen.ts'
import type { QuestionId } from '#features/intake/answers.ts'
import { question } from '#features/intake/questions.ts'
import { walk } from '#features/intake/walk.ts'

/**
 * Where the questionnaire continues after an answer: the first gap, then the summary, then the closing consents, then
 * «submit». A change from the summary returns to it, unless it has opened a gap.
 */
export const onward = (turn: Turn, answered?: QuestionId, changing = false): ScreenState => {
  const { gap } = walk(turn.answers, turn.deps.region)
  const closing = answered !== undefined && question(answered).closing === true
  // The short way has no summary: there is nothing on it to check.
  if (gap !== null && (turn.answers.short || !question(gap).closing))
    return { name: 'question', id: gap, ...(changing && { changing }) }
  if (changing || (gap !== null && !closing)) return { name: 'summary' }
  return gap === null ? { name: 'submit' } : { name: 'question', id: gap }
}
