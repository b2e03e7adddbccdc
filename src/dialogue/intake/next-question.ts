import type { ScreenState } from '#dialogue/registry.ts'
import type { Turn } from '#dialogue/screen.ts'
import type { QuestionId } from '#features/intake/answers.ts'
import { walk } from '#features/intake/walk.ts'

/**
 * Where the questionnaire continues after an answer: the first gap, then the summary, on which it is sent. A change from
 * the summary returns to it, unless it has opened a gap.
 */
export const onward = (turn: Turn, changing = false): ScreenState => {
  const gap: QuestionId | null = walk(turn.answers, turn.deps.region).gap
  return gap === null ? { name: 'summary' } : { name: 'question', id: gap, ...(changing && { changing }) }
}
