import { formatDay, formatTime } from '#core/dates.ts'
import { type CardBuilder, paragraphs } from '#dialogue/card-builder.ts'
import type { View } from '#dialogue/view.ts'
import type { Agenda, AgendaPart } from '#features/worklist/agenda.ts'
import { type Around, needLine } from './need-view.ts'

/** How many cases each part names; the rest is in the lists. */
const mostNamed = 5

/** The day of a member of staff in one message. It shows on a lock screen: addresses and codes are in the visits. */
export const agendaView = (
  { say, link }: CardBuilder,
  { agenda, ...around }: Around & { agenda: Agenda },
): View => {
  const { timeZone } = around.region
  const part = (which: AgendaPart) => {
    const { requests, families } = agenda[which]
    const lines = [
      ...requests.map((one) => `${say.t('worklist.alarms.request', { number: one.number })}. ${why(one)}`),
      ...families.map((one) => `${say.t('worklist.alarms.family', { number: one.number })}. ${why(one)}`),
    ].map((line) => `• ${line.trim()}`)
    return lines.length > 0 && listed(say.t(`worklist.agenda.${which}`), lines)
  }
  const why = (one: Parameters<typeof needLine>[1]) => needLine(say, one, around) ?? ''
  const listed = (title: string, lines: string[]) => {
    const rest = lines.length - mostNamed
    const more = rest > 0 ? [say.t('worklist.agenda.rest', { number: rest })] : []
    return [title, ...lines.slice(0, mostNamed), ...more].join('\n')
  }
  const visits = agenda.visits.map(
    ({ startsAt, familyNumber: number }) =>
      `• ${say.t('worklist.agenda.visit', { time: formatTime(startsAt, timeZone), number })}`,
  )
  const day = formatDay(say, { instant: around.now, timeZone, now: around.now })
  return {
    screen: 'work.agenda',
    html: paragraphs(
      say.t('worklist.agenda.title', { day }),
      part('overdue'),
      // All of them: nobody may miss one.
      visits.length > 0 &&
        [say.t('worklist.agenda.visits'), ...visits, say.t('worklist.agenda.code')].join('\n'),
      agenda.unmarked > 0 && say.t('worklist.home.unmarked', { number: agenda.unmarked }),
      part('unread'),
      part('soon'),
      part('still'),
    ),
    rows: [
      ...agenda.visits.map(({ id, startsAt }) => [
        link(say.label('worklist.buttons.visit', { time: formatTime(startsAt, timeZone) }), 'f-visit', id),
      ]),
      ...(agenda.unmarked > 0 ? [[link(say.label('staffVisit.buttons.mine'), 'my-visits')]] : []),
      [link(say.label('worklist.buttons.mine'), 'mine')],
    ],
  }
}
