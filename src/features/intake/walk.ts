import type { Region } from '#regions/schema.ts'
import type { Answers, QuestionId } from './answers.ts'
import { isAsked, type Question, questions } from './questions.ts'
import { waysToContact } from './safe-contact.ts'

export type Walk = {
  /** The questions on the path of these answers, in order, up to and including the first gap. */
  path: readonly Question[]
  /** The first question without a valid answer; null if the questionnaire is complete. */
  gap: QuestionId | null
  /** The answers on the path: only these may be submitted. */
  answers: Answers
}

/**
 * Walks the questionnaire from the start to the first gap. Going back, changing an answer, leaving and
 * resuming all use this one walk. It is recomputed from the answers, so answers off the path do not count.
 */
export const walk = (answers: Answers, region: Region): Walk => {
  const known = walked.get(answers)
  if (known?.region === region) return known.walk
  const found = walkOf(answers, region)
  walked.set(answers, { region, walk: found })
  return found
}

/** A turn asks for the walk of its answers several times. Answers are never changed in place. */
const walked = new WeakMap<Answers, { region: Region; walk: Walk }>()

const walkOf = (answers: Answers, region: Region): Walk => {
  const path: Question[] = []
  const met: Answers = {
    ...(answers.short && { short: true }),
    ...(answers.skipped && { skipped: answers.skipped }),
  }
  for (const question of questions) {
    if (!isAsked(question, met, region)) continue
    path.push(question)
    if (answered(question, answers, met, region)) Object.assign(met, answerTo(question, answers))
    else if (!isSkipped(question, met)) return { path, gap: question.id, answers: met }
  }
  return { path, gap: null, answers: met }
}

/** Left for the specialist, and not answered since; of answers that stand. */
export const isSkipped = ({ id, later }: Question, answers: Answers): boolean =>
  later === true && answers[id] === undefined && answers.skipped?.includes(id) === true

const answerTo = ({ id }: Question, answers: Answers): Answers => {
  if (id === 'safeContact')
    return { ...(answers.safeContact && { safeContact: answers.safeContact }), ...waysToContact(answers) }
  // What was sent belongs to the story.
  const files = id === 'ownWords' && answers.ownFiles ? { ownFiles: answers.ownFiles } : {}
  return { [id]: answers[id], ...files }
}

const answered = (question: Question, answers: Answers, met: Answers, region: Region): boolean => {
  if (question.id === 'safeContact' && !answers.safeContact) return waysToContact(answers) !== null
  const answer = answers[question.id]
  if (answer === undefined) return false
  if (answer === null) return question.optional === true
  if (question.kind === 'consent') return consentStands(question.id, answers, met)
  const options = question.options?.(region, met)
  if (!options) return true
  return [answer].flat().every((code) => typeof code === 'string' && options.includes(code))
}

/** A consent counts only for the form of address whose text was shown. */
const consentStands = (id: QuestionId, answers: Answers, met: Answers): boolean => {
  const consent =
    id === 'personalData'
      ? answers.personalData
      : id === 'supportRequest'
        ? answers.supportRequest
        : answers.dataSharing
  if (!consent || consent.address !== addressOfApplicant(met)) return false
  return consent.given || id === 'dataSharing'
}

/** Minors are addressed with «ты» once they have said who they are. */
export const addressOfApplicant = (answers: Answers): 'adult' | 'minor' =>
  answers.applicant === 'minor' ? 'minor' : 'adult'

/** The previous question on the path; null at the start. */
export const previousQuestion = (id: QuestionId, answers: Answers, region: Region): QuestionId | null => {
  const { path, gap } = walk(answers, region)
  const index = path.findIndex((question) => question.id === id)
  // The list of topics is opened from the story, before its turn has come.
  if (index === -1) return path.findLast((question) => question.id !== gap)?.id ?? null
  return path[index - 1]?.id ?? null
}
