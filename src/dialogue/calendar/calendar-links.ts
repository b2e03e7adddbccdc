import { z } from 'zod'
import type { Action } from '#dialogue/callback-data.ts'
import type { Step, Turn } from '#dialogue/screen.ts'
import type { ScreenState } from '#dialogue/session.ts'

const links = ['calendar', 'visit-ics', 'activity-ics'] as const
type CalendarLink = (typeof links)[number]

export const isCalendarLink = (action: Action): action is CalendarLink =>
  (links as readonly string[]).includes(action)

/** The subscription, or the file of one visit or activity, which the argument names; null for no id. */
export const followCalendarLink = (turn: Turn, action: CalendarLink, arg: string): Step | null => {
  const to = screenFor(action, arg)
  const { event } = turn.input
  const elsewhere = event.kind === 'tap' && event.messageId !== turn.session.cardId
  return to && { to, ...(elsewhere && { fresh: true }) }
}

const screenFor = (action: CalendarLink, arg: string): ScreenState | null => {
  if (action === 'calendar') return { name: 'calendar' }
  const { data: id } = z.uuid().safeParse(arg)
  return id ? { name: 'calendar-file', kind: action === 'visit-ics' ? 'visit' : 'activity', id } : null
}
