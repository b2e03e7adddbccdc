import { formatDay } from '#core/dates.ts'
import type { Say } from '#core/text.ts'
import type { View } from '#dialogue/view.ts'
import { type CardBuilder, paragraphs } from '../card-builder.ts'

export type CalendarFacts = {
  /** The current link. */
  link: { named: boolean; createdAt: Date } | null
  /** Whether the app has a public address for calendars to subscribe to. */
  reachable: boolean
  timeZone: string
  now: Date
}

/** Explains the subscription, what it shows, and how to end it. */
export const calendarView = (
  builder: CardBuilder,
  { link, reachable, timeZone, now }: CalendarFacts,
): View => {
  const { say, button } = builder
  const shows = link?.named ? 'calendar.showsNames' : 'calendar.showsTime'
  const html = paragraphs(
    say.t('calendar.title'),
    link && say.t('calendar.since', { day: formatDay(say, { instant: link.createdAt, timeZone, now }) }),
    say.t(reachable || link ? shows : 'calendar.noAddress'),
    reachable && !link && say.t('calendar.keepPrivate'),
  )
  const rows = [
    reachable && !link && button(say.label('calendar.buttons.link'), 'set', 'link'),
    link?.named && button(say.label('calendar.buttons.plain'), 'set', 'plain'),
    link && !link.named && button(say.label('calendar.buttons.named'), 'set', 'named'),
    reachable && link && button(say.label('calendar.buttons.another'), 'set', 'link'),
    link && button(say.label('calendar.buttons.off'), 'set', 'off'),
  ]
  return builder.card(
    'calendar',
    html,
    rows.filter((one) => !!one).map((one) => [one]),
  )
}

/** The link, in a message that can be copied. */
export const calendarLinkView = (
  say: Say,
  { address, minutes }: { address: string; minutes: number },
): View => ({
  screen: 'calendar.link',
  html: paragraphs(say.t('calendar.linkTitle'), address, say.t('calendar.linkHow', { minutes })),
  rows: [],
})

/** Asks whether the file may name the purpose. */
export const calendarFileView = (
  builder: CardBuilder,
  { kind, id }: { kind: 'visit' | 'activity'; id: string },
): View => {
  const { say, button, link } = builder
  return builder.card(
    'calendar-file',
    say.t('calendar.file'),
    [
      [button(say.label('calendar.buttons.filePlain'), 'set', 'plain')],
      [button(say.label('calendar.buttons.fileNamed'), 'set', 'named')],
      [link(say.label(`calendar.buttons.to.${kind}`), kind, id)],
    ],
    { back: false },
  )
}
