import { DomainError } from '#core/errors.ts'
import type { Step, Turn } from '#dialogue/screen.ts'
import { answerRescue } from '#features/surveys/low-score-rescue.ts'
import { rescueView } from './surveys-notice.ts'

/** Marks a rescue as answered, from a card in any chat. The first mark counts, and the card shows it. */
export const rescueAnswered = async (turn: Turn, id: string): Promise<Step> => {
  const { deps, who, now, say, session, builder } = turn
  const staff = who?.staff
  if (!staff) throw new DomainError('not-found')
  const { id: staffId } = staff
  const rescue = await deps.database.transaction((tx) =>
    answerRescue(tx, { id, by: { staffId, region: deps.region }, now }),
  )
  const tapped = await rescueView(deps, builder, { rescue, staff })
  return {
    to: session.screen,
    still: true,
    toast: say.label('survey.staff.noted'),
    ...(tapped && { tapped }),
  }
}
