import type { StateOf } from '#dialogue/registry.ts'
import type { Turn } from '#dialogue/screen.ts'
import { pagesOf } from '#features/intake/option-pages.ts'
import { exclusiveOptions, isOutsider, question } from '#features/intake/questions.ts'
import { stepCount } from '#features/intake/step-count.ts'
import { offeredFor } from '#features/intake/story-hints.ts'
import { topicsOf } from '#features/intake/topics.ts'
import { previousQuestion } from '#features/intake/walk.ts'
import { ticks } from './question-taps.ts'
import type { QuestionFacts } from './option-rows-view.ts'

/** What the card of a question says, from the answers so far. */
export const factsOf = (turn: Turn, state: StateOf<'question'>): QuestionFacts => {
  const { answers, deps, say } = turn
  const { region } = deps
  const asked = question(state.id)
  const before = previousQuestion(state.id, answers, region)
  // Said once a step: the second card of a step would say the same again.
  const same = before !== null && question(before).step === asked.step
  const count = same ? null : stepCount(asked, answers, region)
  const listed = state.id === 'circumstances'
  const topics = listed ? topicsOf(region) : []
  const page = state.page ?? 0
  // Within a topic nothing is offered, and the story need not be read for it.
  const offers = listed && !topics[page - 1]
  return {
    question: asked,
    region,
    answers,
    pages: pagesOf(asked, region),
    topics,
    offered: offers && answers.ownWords ? offeredFor(answers.ownWords, region) : [],
    page,
    ticked: ticks(turn, state),
    unsure: asked.options?.(region, answers).find((code) => exclusiveOptions.includes(code)) ?? null,
    organisation: deps.organisation.name,
    outside: isOutsider(answers),
    firstOfMinor: say.address === 'minor' && before === 'applicant',
    changing: state.changing === true,
    explained: state.explained === true,
    ...(state.changing ? {} : { count }),
    ...(state.problem && { problem: state.problem }),
    ...(state.readings && { readings: state.readings }),
  }
}
