import type { Say } from '#core/text.ts'
import type { View } from '#dialogue/view.ts'
import { type Pen, paragraphs } from '../card-builder.ts'
import { plainDay } from '../plan/plan-words-view.ts'

export type SaidDoneFacts = {
  items: readonly { said: string; done: string; from: string; until: string; isNew: boolean }[]
  page: number
  more: boolean
  now: Date
}

/** What came of the answers to surveys, the newest first; what the member has not seen yet is marked. */
export const saidDoneView = (pen: Pen, { items, page, more, now }: SaidDoneFacts): View => {
  const { say, button } = pen
  const told = items.map((item) =>
    say.t('saidDone.item', {
      ...{ said: item.said, done: item.done },
      mark: item.isNew ? `${say.label('saidDone.new')} ` : '',
      period: periodOf(say, item, now),
    }),
  )
  const turns = [
    ...(page > 0 ? [button(`‹ ${say.label('question.pageBack')}`, 'page', String(page - 1))] : []),
    ...(more ? [button(`${say.label('question.pageOn')} ›`, 'page', String(page + 1))] : []),
  ]
  const html = told.length > 0 ? paragraphs(say.t('saidDone.title'), ...told) : say.t('saidDone.none')
  return pen.card('said-done', html, turns.length > 0 ? [turns] : [])
}

const periodOf = (say: Say, { from, until }: { from: string; until: string }, now: Date): string =>
  say.label('saidDone.period', { from: plainDay(say, from, now), until: plainDay(say, until, now) })
