import { formatDayUntil } from '#core/dates.ts'
import type { CardBuilder } from '#dialogue/card-builder.ts'
import type { CardDeps, CardView } from '#dialogue/families/family-card.ts'
import { urges } from '#dialogue/families/staff-reach-view.ts'
import type { View } from '#dialogue/view.ts'
import { safetyFactsInForce } from '#features/families/safety-facts.ts'
import { canReadMessages } from '#features/messages/messages-for-staff.ts'
import { wordsFor } from '#features/surveys/spoken-questions.ts'
import { findMember } from '#storage/families/family-members.ts'
import { findFamily } from '#storage/families/families.ts'
import type { StaffMember } from '#storage/staff/staff.ts'
import type { RescueDetails } from '#storage/surveys/survey-rescues.ts'
import { findRescue } from '#storage/surveys/survey-rescues.ts'
import { findSurvey } from '#storage/surveys/surveys.ts'
import { rescueCardView } from './staff-survey-view.ts'

/** The current card of a rescue; null if it no longer exists. */
export const rescueView = async (
  { database, sealer, region, clock }: Pick<CardDeps, 'database' | 'sealer' | 'region' | 'clock'>,
  builder: CardBuilder,
  { rescue, staff }: { rescue: RescueDetails; staff: Pick<StaffMember, 'id' | 'role' | 'active'> },
): Promise<View | null> => {
  const { id: rescueId, memberId, familyId, surveyCode: code, version, question, dueAt, answeredAt } = rescue
  const family = await findFamily(database, familyId)
  const stored = await findSurvey(database, { code, version })
  if (!family || !stored) return null
  const member = await findMember(database, memberId)
  const safety = await safetyFactsInForce(database, { sealer }, { familyId, now: clock.now() })
  const { say } = builder
  const { timeZone } = region
  return rescueCardView(builder, {
    rescueId,
    memberId,
    number: family.number,
    title: wordsFor(stored.survey.title, { language: say.language, minor: false }),
    until: formatDayUntil(say, { instant: dueAt, timeZone, now: clock.now() }),
    answered: answeredAt !== null,
    // Intake, where no supervisor is there, does not read the conversations of a family that has a curator.
    urges: member !== null && urges(safety, member),
    writes: await canReadMessages(database, staff, family, clock.now()),
    // Low answers are numbers and choices: words are asked about because they cannot wait.
    alarming: stored.survey.questions.some(({ code, kind }) => code === question && kind === 'text'),
  })
}

/** For supervisors; null if somebody has answered meanwhile. */
const lowScoreCard: CardView = async (deps, builder, { subjectId, staff }) => {
  const rescue = await findRescue(deps.database, subjectId)
  return rescue && rescue.answeredAt === null ? rescueView(deps, builder, { rescue, staff }) : null
}

export const surveyCards = { 'survey-low-score': lowScoreCard }
