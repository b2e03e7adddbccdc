import type { Say } from '#core/text.ts'
import type { Phrase } from '#features/routing/routing-reason.ts'
import type { QueuedRequest } from '#features/requests/request-queue.ts'

type Facts = Pick<QueuedRequest, 'assignedTo' | 'why' | 'escalations' | 'submittedAt' | 'waitingSince'>

/** The assignee of a request and the reason; empty without a decision. */
export const routedLine = (say: Say, { assignedTo, why }: Facts): string => {
  if (!why) return ''
  const reason = say.label(why.key, why.values)
  return assignedTo
    ? say.t('routing.to', { name: assignedTo.name, why: reason })
    : say.t('routing.toGroup', { why: reason })
}

/** Why the others do not have it, one line a reason; none where nobody else was there. */
export const leftOutLines = (say: Say, phrases: readonly Phrase[]): string[] =>
  phrases.length === 0
    ? []
    : [say.t('routing.others'), ...phrases.map(({ key, values }) => `– ${say.t(key, values)}`)]

/** How often it was escalated and how long it has waited; empty before the first escalation. */
export const escalatedLine = (
  say: Say,
  { escalations, submittedAt, waitingSince }: Facts,
  now: Date,
): string =>
  escalations === 0
    ? ''
    : say.t('routing.escalated', {
        count: escalations,
        waited: waited(say, waitingSince ?? submittedAt, now),
      })

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** «45 минут», «3 часа», «2 дня»: whole ones, as they stand after «ждёт». */
const waited = (say: Say, since: Date, now: Date): string => {
  const time = now.getTime() - since.getTime()
  if (time < 2 * hour) return say.label('routing.minutes', { count: Math.floor(time / minute) })
  if (time < 2 * day) return say.label('routing.hours', { count: Math.floor(time / hour) })
  return say.label('routing.days', { count: Math.floor(time / day) })
}
