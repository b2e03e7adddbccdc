import type { Say } from '#core/text.ts'
import type { View } from '#dialogue/view.ts'
import { type CardBuilder, paragraphs } from '../card-builder.ts'

/** Explains the results and offers a link, if the app has a public address. */
export const resultsView = (
  builder: CardBuilder,
  { reachable, minutes }: { reachable: boolean; minutes: number },
): View => {
  const { say, button, card } = builder
  const html = paragraphs(
    say.t('results.title'),
    reachable ? say.t('results.how', { count: minutes }) : say.t('results.unreachable'),
  )
  return card('results', html, [
    ...(reachable ? [[button(say.label('results.link'), 'set', 'link')]] : []),
    [button(say.label('results.tell.button'), 'set', 'tell')],
  ])
}

/** The link, which reveals nothing but that there are results. */
export const resultsLinkView = (
  say: Say,
  { address, minutes }: { address: string; minutes: number },
): View => ({
  screen: 'results.link',
  html: say.t('results.address', { address, count: minutes }),
  rows: [],
  confidential: true,
})
