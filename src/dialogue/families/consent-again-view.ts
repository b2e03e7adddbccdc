import type { CardBuilder } from '#dialogue/card-builder.ts'
import type { View } from '#dialogue/view.ts'

/** What has changed in the consent, and the question. */
export const consentAgainView = ({ say, button, card }: CardBuilder): View =>
  card('consent-again', say.t('consentAgain.title'), [
    [button(say.label('question.personalData.agree'), 'agree')],
    [button(say.label('consentAgain.later'), 'skip')],
    [button(say.label('question.fullText'), 'full')],
  ])
