import { type CardBuilder, paragraphs } from '#dialogue/card-builder.ts'
import type { View } from '#dialogue/view.ts'

/** What hiding does, what it does not, and how to come back: before it is done for the first time. */
export const hideView = (builder: CardBuilder, values: { word: string; line: string }): View => {
  const { say, link } = builder
  const html = paragraphs(
    say.t('hide.title'),
    say.t('hide.does', values),
    say.t('hide.stays'),
    say.t('hide.back', values),
  )
  return builder.card('hide', html, [[link(say.label('hide.now'), 'hide', 'now')]], { hide: false })
}
