import { escapeHtml } from '#core/text.ts'
import type { Button, View } from '#dialogue/view.ts'
import type { SpokenQuestion } from '#features/surveys/spoken-questions.ts'
import type { Answer } from '#surveys/schema.ts'
import { type CardBuilder, paragraphs } from '../card-builder.ts'
import { pageIn } from '../plan/plan-words-view.ts'
import { textPages } from '../text-pages.ts'
import { answerInWords } from './survey-question-view.ts'

export type CheckFacts = {
  items: readonly { question: SpokenQuestion; answer: Answer | null }[]
  /** Supervisors may see who it was. */
  contact: boolean
  /** An answer was low, and no rescue was requested. */
  offersRescue: boolean
  page: number
}

/** Every answer at a glance, each a tap away from being changed; sent by one tap. */
export const checkView = (builder: CardBuilder, { items, contact, offersRescue, page }: CheckFacts): View => {
  const { say, button } = builder
  const blocks = items.map(({ question, answer }, index) => ({
    head: `<b>${index + 1}. ${escapeHtml(question.words)}</b>`,
    text: answerInWords(say, question, answer),
  }))
  const { shown, turns } = pageIn(builder, textPages(blocks), page, 1)
  const html = paragraphs(say.t('survey.check.title'), ...(shown[0] ?? []), say.t('survey.check.contactHint'))
  const ticked = contact ? '✓ ' : ''
  const changes = items.map((_, index) =>
    button(say.label('survey.check.change', { number: index + 1 }), 'change', String(index + 1)),
  )
  return builder.card('survey-check', html, [
    ...turns,
    [button(say.label('survey.check.send'), 'submit')],
    [button(ticked + say.label('survey.check.contact'), contact ? 'refuse' : 'agree')],
    ...(offersRescue ? [[button(say.label('survey.rescue.ask'), 'write')]] : []),
    ...threeARow(changes),
  ])
}

const threeARow = (buttons: readonly Button[]): Button[][] =>
  Array.from({ length: Math.ceil(buttons.length / 3) }, (_, row) => buttons.slice(row * 3, row * 3 + 3))
