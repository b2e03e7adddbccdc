import type { ScreenState } from '#dialogue/registry.ts'
import type { Step, Turn } from '#dialogue/screen.ts'
import { holdMore, takeHeld } from '#dialogue/words/story-words.ts'
import type { Answers } from '#features/intake/answers.ts'
import { isAllowedApplicant } from '#features/intake/questions.ts'
import { withStory } from '#features/intake/with-story.ts'
import { ownAge } from '#features/words/own-age.ts'
import { answersWho, type Speaker, whoSpeaks } from '#features/words/who-speaks.ts'
import { onward } from './next-question.ts'

/** Under this age (years) a child calls an adult instead of applying. */
const applyFrom = 10

const isUnderTen = (text: string): boolean => (ownAge(text) ?? applyFrom) < applyFrom

/** Whether what is held was said by a child who cannot apply: it stays held, for the adult whom they may call. */
export const holdsUnderTen = ({ session, answers }: Turn): boolean =>
  answers.applicant === undefined && isUnderTen(session.held?.text ?? '')

/**
 * Begins the application with what was said before it: who writes is understood from their own words, said back, and asked
 * only where they say nothing of it.
 */
export const beginIntake = async (turn: Turn): Promise<Step> => {
  if (holdsUnderTen(turn)) return { to: { name: 'under-ten' } }
  await takeHeld(turn)
  return understandWho(turn)
}

/** Who writes, from the story; then the first question that is left. */
export const understandWho = async (turn: Turn): Promise<Step> => {
  const { answers } = turn
  const who = answers.applicant ? null : whoSpeaks(answers.ownWords ?? '')
  if (!who || !isAllowedApplicant(who, turn.deps.region)) return { to: onward(turn) }
  return withWho(turn, who, { ...answers, applicant: who })
}

/** Takes words at «Кто пишет?» that say it: «мне 13», «я мама», «соседи бьют ребёнка»; null if they do not. */
export const whoInWords = async (turn: Turn, text: string): Promise<Step | null> => {
  const bare = answersWho(text)
  const who = bare ?? whoSpeaks(text)
  if (!who || !isAllowedApplicant(who, turn.deps.region)) return null
  if (isUnderTen(text)) {
    holdMore(turn, { text, file: null })
    return { to: { name: 'under-ten' } }
  }
  // What says more than who it is belongs to the story.
  const told = bare ? null : withStory(turn.answers, { text, file: null })
  return withWho(turn, who, { ...(told ?? turn.answers), applicant: who }, text)
}

const withWho = async (turn: Turn, who: Speaker, answers: Answers, said = ''): Promise<Step> => {
  await turn.keep(answers)
  const to: ScreenState = onward(turn, false, said)
  return { to, notice: turn.say.t(`question.understood.${who}`) }
}
