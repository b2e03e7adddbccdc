import { sha256 } from '#core/ids.ts'
import type { Screen, Step, Turn } from '#dialogue/screen.ts'
import { calendarFileView } from './calendar-view.ts'
import { createPen } from '#dialogue/card-builder.ts'
import { calendarFile, type CalendarItem, mustSeeCalendarItem } from '#features/calendar/single-event.ts'

/** What the file of one visit or activity is to say; a calendar may be seen by others than its owner. */
export const calendarFileScreen: Screen<'calendar-file'> = {
  draw: async ({ deps, who, say, session }, { kind, id }) => {
    await mustSeeCalendarItem(deps.database, { who, kind, id })
    return calendarFileView(createPen(say, session.revision), { kind, id })
  },
  tap: (turn, state, tap) => {
    if (tap.action !== 'set' || (tap.arg !== 'named' && tap.arg !== 'plain')) return null
    return send(turn, state, tap.arg === 'named')
  },
}

const send = async (turn: Turn, { kind, id }: CalendarItem, named: boolean): Promise<Step> => {
  const { deps, who, say } = turn
  const telling = { say, timeZone: deps.region.timeZone, named }
  const text = await calendarFile(deps.database, deps, { who, kind, id, ...telling })
  return {
    to: { name: 'calendar-file', kind, id },
    notice: say.t('calendar.fileSent'),
    fresh: true,
    attachment: {
      key: `calendar-${sha256(text)}`,
      fileName: say.label('calendar.fileName'),
      content: async () => Buffer.from(text),
    },
  }
}
