import { spokenDay, spokenTime } from '#core/dates.ts'
import type { View } from '#dialogue/view.ts'
import type { Region } from '#regions/schema.ts'
import type { RequestSummary } from '#storage/requests.ts'
import { optionLabel } from '../option-label.ts'
import { type Pen, paragraphs } from '../pen.ts'

export type QueueFacts = {
  items: readonly RequestSummary[]
  total: number
  page: number
  pages: number
  region: Region
  now: Date
}

/** What waits for somebody: a line and a button each. */
export const queueView = (pen: Pen, { items, total, page, pages, region, now }: QueueFacts): View => {
  const { say, link, button } = pen
  const lines = items.map((request) =>
    say.t(request.urgent ? 'queue.urgentLine' : 'queue.line', {
      number: request.number,
      territory: optionLabel(say, region.code, 'territory', request.territory),
      day: spokenDay(say, { instant: request.submittedAt, timeZone: region.timeZone, now }),
      time: spokenTime(request.submittedAt, region.timeZone),
    }),
  )
  const turnPage = [
    ...(page > 0 ? [button(`‹ ${say.label('question.pageBack')}`, 'page', String(page - 1))] : []),
    ...(page < pages - 1 ? [button(`${say.label('question.pageOn')} ›`, 'page', String(page + 1))] : []),
  ]
  return pen.card(
    'queue',
    paragraphs(total === 0 ? say.t('queue.empty') : say.t('queue.title', { count: total }), lines.join('\n')),
    [
      ...items.map(({ id, number, urgent }) => [link(`${urgent ? '🔴 ' : ''}${number}`, 'card', id)]),
      ...(turnPage.length > 0 ? [turnPage] : []),
      [link(say.label('queue.refresh'), 'queue')],
    ],
  )
}
