import { formatDayOn, formatDayUntil, formatTime } from '#core/dates.ts'
import type { Say } from '#core/text.ts'
import type { CardBuilder } from '#dialogue/card-builder.ts'
import { optionLabel } from '#dialogue/intake/option-label-view.ts'
import { expectedLine } from '#dialogue/messages/reading-time-view.ts'
import { toldLine } from '#dialogue/requests/late-view.ts'
import type { Button } from '#dialogue/view.ts'
import type { Awaited } from '#features/requests/awaited-reading.ts'
import type { Region } from '#regions/schema.ts'
import type { HomeState } from './home-state.ts'

type Around = { region: Region; now: Date }

/** How many lines of the state the menu says. */
const most = 2

/** Where things stand, in two lines: unread words first, then the next meeting, then the next step with its date. */
export const homeStateLines = (say: Say, state: HomeState, around: Around): string =>
  [
    ...requestFirst(say, state, around),
    ...familyLines(say, state, around),
    ...requestNext(say, state, around),
  ]
    .filter((line) => line !== null)
    .slice(0, most)
    .join('\n')

type Line = string | null

const requestFirst = (say: Say, { request, decided, family, said }: HomeState, around: Around): Line[] => [
  request?.unread || family?.unreadIn ? say.t('home.state.unread') : null,
  decided ? say.t('home.state.decision') : null,
  awaitedLine(say, family?.awaited ?? null, said, around),
  request && (!request.outsider || request.awaited?.late)
    ? awaitedLine(say, request.awaited, said, around)
    : null,
]

/** By when it is read; or that we are late, which goes before all but an answer. */
const awaitedLine = (say: Say, awaited: Awaited | null, said: boolean, { region, now }: Around): Line => {
  if (!awaited) return null
  if (!awaited.late && said) return null
  if (!awaited.late) return expectedLine(say, { expected: awaited.expected, region, now })
  return [say.t('late.short'), toldLine(say, awaited.late)].filter(Boolean).join(' ')
}

const familyLines = (
  say: Say,
  { family }: HomeState,
  { region: { code, timeZone }, now }: Around,
): Line[] => {
  if (!family) return []
  const { nextVisit, deadline } = family
  const moment = (instant: Date) => ({ instant, timeZone, now })
  return [
    nextVisit &&
      say.t('home.state.visit', {
        day: formatDayOn(say, moment(nextVisit)),
        time: formatTime(nextVisit, timeZone),
      }),
    deadline && !deadline.overdue
      ? say.t('home.state.deadline', {
          what: optionLabel(say, code, 'deadlines', deadline.code),
          until: formatDayUntil(say, moment(deadline.due.instant)),
        })
      : null,
  ]
}

const requestNext = (say: Say, { request }: HomeState, { region, now }: Around): Line[] => {
  if (!request) return []
  const { timeZone } = region
  const { status, outsider, read, specialist, dueAt, awaited } = request
  // An outsider learns that it has come and that it was read, and nothing else, for ever.
  if (outsider && status !== 'withdrawn') {
    const expected = awaited && !awaited.late ? awaited.expected : null
    const reader = expected ? expectedLine(say, { expected, region, now }) : ''
    return [
      read ? say.t('decision.outsider.read') : say.t('decision.outsider.submitted', { reader }).trimEnd(),
    ]
  }
  if (request.underTen || (status !== 'submitted' && status !== 'claimed')) return []
  return [
    status === 'claimed' && specialist && !awaited
      ? say.t('home.state.helper', {
          name: specialist.name,
          role: say.label(`staff.roles.${specialist.role}`),
        })
      : null,
    now <= dueAt
      ? say.t('home.state.step', {
          until: formatDayUntil(say, { instant: dueAt, timeZone, now }),
          decider: say.label(`regions.${region.code}.terms.deciderFirst`),
        })
      : null,
  ]
}

/** What is unread, and what was decided: the first buttons of the menu. */
export const homeStateRows = (
  { say, link }: CardBuilder,
  { request, decided, family }: HomeState,
): Button[][] => [
  ...(request?.unread ? [[link(say.label('home.state.readButton'), 'talk')]] : []),
  ...(family?.unreadIn ? [[link(say.label('home.state.readButton'), 'messages', family.unreadIn)]] : []),
  ...(decided ? [[link(say.label('home.state.decisionButton'), 'status')]] : []),
]
