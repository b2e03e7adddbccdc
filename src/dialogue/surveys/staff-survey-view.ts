import type { View } from '#dialogue/view.ts'
import { type CardBuilder, paragraphs } from '../card-builder.ts'

export type RescueFacts = {
  rescueId: string
  memberId: string
  /** The family's. */
  number: number
  /** What the survey is about. */
  title: string
  /** «четверга, 26 ноября» */
  until: string
  answered: boolean
  /** Their words cannot wait. */
  alarming: boolean
  /** The reader of the card can write to the member in the bot. */
  writes: boolean
  /** Nobody asked for no messages, or called it unsafe. */
  urges: boolean
}

/** A member asks for somebody other than their curator. Neither answers nor names are shown. */
export const rescueCardView = ({ say, link }: CardBuilder, facts: RescueFacts): View => {
  const { rescueId, memberId, number, title, until, answered, alarming, writes, urges } = facts
  return answered
    ? { screen: 'family.survey-answered', html: say.t('survey.staff.answered', { number, title }), rows: [] }
    : {
        screen: 'family.survey-low-score',
        html: paragraphs(
          say.t(alarming ? 'survey.staff.alarming' : 'survey.staff.asked', { number, title, until }),
          !writes && say.t('survey.staff.elsewhere'),
        ),
        rows: [
          ...(writes
            ? [[link(say.label(urges ? 'survey.staff.write' : 'thread.openCard'), 'thread', memberId)]]
            : []),
          [link(say.label('survey.staff.done'), 'survey-answered', rescueId)],
        ],
      }
}
