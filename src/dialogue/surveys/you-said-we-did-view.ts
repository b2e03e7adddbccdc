import type { Say } from '#core/text.ts'
import { type CardBuilder, pager, paragraphs } from '#dialogue/card-builder.ts'
import type { View } from '#dialogue/view.ts'
import { plainDay } from '../plan/plan-words-view.ts'

export type YouSaidWeDidFacts = {
  items: readonly { said: string; done: string; from: string; until: string; isNew: boolean }[]
  page: number
  more: boolean
  now: Date
}

/** What came of the answers to surveys, the newest first; what the member has not seen yet is marked. */
export const youSaidWeDidView = (
  builder: CardBuilder,
  { items, page, more, now }: YouSaidWeDidFacts,
): View => {
  const { say, button } = builder
  const told = items.map((item) =>
    say.t('youSaidWeDid.item', {
      ...{ said: item.said, done: item.done },
      mark: item.isNew ? `${say.label('youSaidWeDid.new')} ` : '',
      period: periodOf(say, item, now),
    }),
  )
  const turns = pager({ say, button }, { back: page > 0 ? page - 1 : null, on: more ? page + 1 : null })
  const html = told.length > 0 ? paragraphs(say.t('youSaidWeDid.title'), ...told) : say.t('youSaidWeDid.none')
  return builder.card('said-done', html, turns.length > 0 ? [turns] : [])
}

const periodOf = (say: Say, { from, until }: { from: string; until: string }, now: Date): string =>
  say.label('youSaidWeDid.period', { from: plainDay(say, from, now), until: plainDay(say, until, now) })
