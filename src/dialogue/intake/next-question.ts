import type { ScreenState, StateOf } from '#dialogue/registry.ts'
import type { Turn } from '#dialogue/screen.ts'
import type { QuestionId } from '#features/intake/answers.ts'
import { saidBefore } from '#features/intake/typed/said-before.ts'
import { walk } from '#features/intake/walk.ts'
import { ownAge } from '#features/words/own-age.ts'

/**
 * Where the questionnaire continues after an answer: the first gap, then the summary, on which it is sent. A change from
 * the summary returns to it, unless it has opened a gap. `said`: words beside the story that may hold the next answer.
 */
export const onward = (turn: Turn, changing = false, said = ''): ScreenState => {
  const gap: QuestionId | null = walk(turn.answers, turn.deps.region).gap
  if (gap === null) return { name: 'summary' }
  return { name: 'question', id: gap, ...(changing ? { changing } : understood(turn, gap, said)) }
}

/** What was told before is shown back, and never asked anew. */
const understood = (
  { answers, deps, now }: Turn,
  id: QuestionId,
  said: string,
): Pick<StateOf<'question'>, 'known' | 'problem' | 'readings'> => {
  const story = [answers.ownWords, said].filter(Boolean).join('\n')
  if (story === '') return {}
  const age = id === 'birthDate' ? ownAge(story) : null
  if (age !== null) return { known: { age }, problem: 'date-age-said' }
  const readings = saidBefore(id, story, { region: deps.region, now })
  return readings ? { readings } : {}
}
