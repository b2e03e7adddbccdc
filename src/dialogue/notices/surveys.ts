import { spokenDayUntil } from '#core/dates.ts'
import type { View } from '#dialogue/view.ts'
import type { Pen } from '#dialogue/views/pen.ts'
import { rescueCardView } from '#dialogue/views/staff/survey.ts'
import { wordsFor } from '#features/surveys/spoken.ts'
import { findFamily } from '#storage/families.ts'
import type { RescueOf } from '#storage/survey-rescues.ts'
import { findRescue } from '#storage/survey-rescues.ts'
import { findSurvey } from '#storage/surveys.ts'
import type { CardDeps, CardView } from './family-card.ts'

/** The card of a rescue as it is now; null where it is not there any more. */
export const rescueView = async (
  { database, region, clock }: Pick<CardDeps, 'database' | 'region' | 'clock'>,
  pen: Pen,
  rescue: RescueOf,
): Promise<View | null> => {
  const { id: rescueId, memberId, familyId, surveyCode: code, version, question, dueAt, answeredAt } = rescue
  const family = await findFamily(database, familyId)
  const stored = await findSurvey(database, { code, version })
  if (!family || !stored) return null
  const { say } = pen
  const { timeZone } = region
  return rescueCardView(pen, {
    rescueId,
    memberId,
    number: family.number,
    title: wordsFor(stored.survey.title, { language: say.language, minor: false }),
    until: spokenDayUntil(say, { instant: dueAt, timeZone, now: clock.now() }),
    answered: answeredAt !== null,
    // Low answers are numbers and choices: words are asked about because they cannot wait.
    alarming: stored.survey.questions.some(({ code, kind }) => code === question && kind === 'text'),
  })
}

/** For supervisors: nothing where somebody has answered meanwhile. */
const lowScoreCard: CardView = async (deps, pen, { subjectId }) => {
  const rescue = await findRescue(deps.database, subjectId)
  return rescue && rescue.answeredAt === null ? rescueView(deps, pen, rescue) : null
}

export const surveyCards = { 'survey-low-score': lowScoreCard }
