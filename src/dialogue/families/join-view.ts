import type { View } from '#dialogue/view.ts'
import { type CardBuilder, paragraphs } from '../card-builder.ts'

export type JoinFacts = {
  organisation: string
  /** The consent was given before; only joining the family has to be confirmed. */
  consented: boolean
}

/** What the bot shows to families and what is stored for it. Nothing is stored before the answer. */
export const joinView = (builder: CardBuilder, { organisation, consented }: JoinFacts): View => {
  const { say, button } = builder
  const html = paragraphs(
    say.t('join.title', { organisation }),
    !consented && say.t('join.consent', { organisation }),
    !consented && say.t('join.hint'),
  )
  const rows = consented
    ? [[button(say.label('join.enter'), 'agree')]]
    : [
        [button(say.label('question.personalData.agree'), 'agree')],
        [button(say.label('question.personalData.refuse'), 'refuse')],
        [button(say.label('question.fullText'), 'full')],
      ]
  return builder.card('join', html, rows, { back: false, menu: consented })
}
