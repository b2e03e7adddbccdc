import { formatDay, formatTime } from '#core/dates.ts'
import type { Say } from '#core/text.ts'
import { type CardBuilder, pager, paragraphs } from '#dialogue/card-builder.ts'
import type { View } from '#dialogue/view.ts'
import type { QueuedRequest } from '#features/requests/request-queue.ts'
import type { Region } from '#regions/schema.ts'
import { optionLabel } from '../intake/option-label-view.ts'
import { escalatedLine, routedLine } from './staff-routed-view.ts'

export type QueueFacts = {
  items: readonly QueuedRequest[]
  total: number
  page: number
  pages: number
  region: Region
  now: Date
  /** The reader is a supervisor, who sees escalated requests first. */
  supervisor: boolean
}

/** Waiting requests: for whom and why, with a button each. */
export const queueView = (builder: CardBuilder, facts: QueueFacts): View => {
  const { items, total, page, pages, supervisor } = facts
  const { say, link, button } = builder
  const title = say.t(supervisor ? 'queue.supervisorTitle' : 'queue.title', { count: total })
  const lines = items.map((request) => lineOf(say, request, facts))
  const turnPage = [
    ...pager({ say, button }, { back: page > 0 ? page - 1 : null, on: page < pages - 1 ? page + 1 : null }),
  ]
  return builder.card('queue', paragraphs(total === 0 ? say.t('queue.empty') : title, ...lines), [
    ...items.map(({ id, number, urgent }) => [link(`${urgent ? '🔴 ' : ''}${number}`, 'card', id)]),
    ...(turnPage.length > 0 ? [turnPage] : []),
    [link(say.label('queue.refresh'), 'queue')],
  ])
}

const lineOf = (say: Say, request: QueuedRequest, { region, now }: QueueFacts): string =>
  [
    say.t(request.urgent ? 'queue.urgentLine' : 'queue.line', {
      number: request.number,
      territory: optionLabel(say, region.code, 'territory', request.territory),
      day: formatDay(say, { instant: request.submittedAt, timeZone: region.timeZone, now }),
      time: formatTime(request.submittedAt, region.timeZone),
    }),
    escalatedLine(say, request, now),
    routedLine(say, request),
  ]
    .filter(Boolean)
    .join('\n')
