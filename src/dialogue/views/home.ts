import { spokenDay } from '#core/dates.ts'
import type { View } from '../view.ts'
import { type Pen, paragraphs } from './pen.ts'

export type HomeFacts = {
  /** A draft that is kept: when it was last changed. */
  draft: { since: Date } | null
  /** Some questions are answered, but before the first consent nothing is kept. */
  begun: boolean
  /** The draft was of another questionnaire: it starts again, and the person is told. */
  outdated: boolean
  openRequest: string | null
  /** First name of a staff member. */
  staff: string | null
  timeZone: string
  now: Date
}

const draftKeptDays = 30
const day = 24 * 60 * 60 * 1000

/** The menu: what there is to do now, most likely first. */
export const homeView = (pen: Pen, facts: HomeFacts): View => {
  const { say, link } = pen
  const { draft, begun, openRequest, staff, outdated, timeZone, now } = facts
  const until = draft && new Date(draft.since.getTime() + draftKeptDays * day)
  const html = paragraphs(
    staff ? say.t('home.staff', { name: staff }) : say.t('home.greeting'),
    outdated && say.t('home.outdated'),
    openRequest
      ? say.t('home.open', { number: openRequest })
      : until !== null && say.t('home.draft', { until: spokenDay(say, { instant: until, timeZone, now }) }),
  )
  const first = openRequest
    ? link(say.label('home.status'), 'status')
    : link(say.label(draft || begun ? 'home.resume' : 'home.ask'), 'ask')
  const rows = [
    ...(staff ? [[link(say.label('home.queue'), 'queue')]] : []),
    [first],
    [link(say.label('home.help'), 'help'), link(say.label('home.language'), 'language')],
  ]
  return pen.card('home', html, rows, { back: false, menu: false })
}
