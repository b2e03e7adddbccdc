import type { Say } from '#core/text.ts'
import { type CardBuilder, paragraphs } from '#dialogue/card-builder.ts'
import type { View } from '#dialogue/view.ts'

/** Explains the console and offers a link, if the app has an address for pages. */
export const deskView = (
  { say, button, card }: CardBuilder,
  { reachable, minutes }: { reachable: boolean; minutes: number },
): View => {
  const how = reachable ? say.t('console.bot.how', { count: minutes }) : say.t('console.bot.unreachable')
  const rows = reachable ? [[button(say.label('console.bot.link'), 'set', 'link')]] : []
  return card('desk', paragraphs(say.t('console.bot.title'), how), rows)
}

/** The link, which reveals nothing but that there is a desk. */
export const deskLinkView = (say: Say, { address, minutes }: { address: string; minutes: number }): View => ({
  screen: 'desk.link',
  html: say.t('console.bot.address', { address, count: minutes }),
  rows: [],
  confidential: true,
})
