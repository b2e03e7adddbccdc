import type { View } from '#dialogue/view.ts'
import type { Words } from '#surveys/schema.ts'
import { type CardBuilder, paragraphs } from '../card-builder.ts'
import { brief } from '../plan/plan-words-view.ts'

export type AskFamilyFacts = { number: number; surveys: readonly { code: string; title: Words }[] }

/** Asks which survey to send. */
export const askFamilyView = (builder: CardBuilder, { number, surveys }: AskFamilyFacts): View => {
  const { say, button } = builder
  const titled = surveys.map(({ code, title }) => {
    const words = say.language === 'en' ? (title.en ?? title.ru) : title.ru
    return [button(brief(words.adult), 'set', code)]
  })
  const html = paragraphs(
    say.t('caseload.ask.title', { number }),
    say.t(surveys.length > 0 ? 'caseload.ask.how' : 'caseload.ask.none'),
  )
  return builder.card('family-ask', html, titled)
}
