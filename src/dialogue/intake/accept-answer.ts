import type { Say } from '#core/text.ts'
import type { StateOf } from '#dialogue/registry.ts'
import type { Step, Turn } from '#dialogue/screen.ts'
import type { Answers, QuestionId } from '#features/intake/answers.ts'
import { isOutsider } from '#features/intake/questions.ts'
import { chosenIn, heavyCircumstances, needsOf } from '#features/intake/topics.ts'
import { onward } from './next-question.ts'
import type { Taken } from './parse-answer.ts'
import { submitShort } from './short-way.ts'

type State = StateOf<'question'>
type Danger = StateOf<'danger'>

/** Keeps an answer, and says where it leads; a problem is said on the same card. */
export const accept = async (turn: Turn, state: State, taken: Taken): Promise<Step> => {
  const { story, ...rest } = taken
  if (story) {
    // The answers hold the story already, and an input is kept once.
    if (!('answers' in rest)) await turn.keep(story)
    const notice = turn.say.t(turn.who?.draft ? 'words.inStory' : 'words.inStoryHere')
    return { ...(await accept(turn, state, rest)), notice }
  }
  if ('problem' in taken) {
    const { problem, known } = taken
    return { to: { ...clean(state), problem, ...(known && { known }) } }
  }
  if ('readings' in taken) return { to: { ...clean(state), readings: taken.readings } }
  // A slip of the finger must not erase stored answers: asks once more.
  if ('age' in taken && taken.age === 'too-young' && turn.who?.draft) {
    return { to: { name: 'younger' } }
  }
  if ('age' in taken) return otherAge(turn, taken.age)
  const { changing } = state
  // An outsider asks for nothing, so their last answer is no consent: it sends all the same.
  const sent = changing ? null : await submitShort(turn, taken.answers)
  if (sent) return sent
  await turn.keep(taken.answers)
  const because = dangerIn(turn, state.id)
  if (because) return { to: { name: 'danger', ...because, ...(changing && { changing }) } }
  const thanks = thanksFor(turn, state.id)
  return { to: onward(turn, changing), ...(thanks && !changing && { notice: thanks }) }
}

/** After something heavy, one human sentence before the next question. Words of danger have a card of their own. */
const thanksFor = ({ answers, say, heard }: Turn, id: QuestionId): string | null => {
  if (id === 'ownWords') return answers.ownWords && heard === null ? thanksForStory(answers, say) : null
  // Who has told it in words has been thanked.
  const said = id === 'circumstances' && !answers.ownWords ? chosenIn(answers) : []
  return said.some((code) => heavyCircumstances.includes(code)) ? say.t('question.thanks.heavy') : null
}

export const thanksForStory = (answers: Answers, say: Say): string =>
  say.t(isOutsider(answers) ? 'question.thanks.storyOutsider' : 'question.thanks.story')

/** Whether this answer calls for the crisis numbers before the next question. */
const dangerIn = ({ answers, deps }: Turn, id: QuestionId): Pick<Danger, 'because' | 'after'> | null => {
  if (id === 'danger') return answers.danger === 'now' ? { because: 'now' } : null
  if (id !== 'circumstances' && id !== 'categories') return null
  const said = chosenIn(answers)
  const hints = needsOf(deps.region).filter(({ code, urgentHint }) => urgentHint && said.includes(code))
  return hints.length > 0 && answers.danger !== 'now' ? { because: 'heavy', after: id } : null
}

/** Under ten nothing is stored, whatever was said before; from eighteen the person is asked as an adult. */
const otherAge = async (turn: Turn, age: 'too-young' | 'adult'): Promise<Step> => {
  if (age === 'too-young') {
    delete turn.session.answers
    delete turn.session.held
    turn.answers = {}
    return { to: { name: 'under-ten' } }
  }
  const { applicant: _, birthDate: __, ...rest } = turn.answers
  delete turn.session.address
  await turn.keep(rest)
  return { to: { name: 'question', id: 'applicant', problem: 'adult-now' } }
}

/** The same question without what was said of its last answer. */
export const clean = ({ problem: _, readings: __, known: ___, ...state }: State): State => state
