import { z } from 'zod'
import { sha256 } from '#core/ids.ts'
import { byId, defineScreen, type Step, type Turn } from '#dialogue/screen.ts'
import { type CalendarItem, calendarFile, mustSeeCalendarItem } from '#features/calendar/single-event.ts'
import { calendarFileView } from './calendar-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    'calendar-file': z.infer<typeof calendarFileState>
  }
  interface Links {
    'visit-ics': 'calendar-file'
    'activity-ics': 'calendar-file'
  }
}

const calendarFileState = z.object({ kind: z.enum(['visit', 'activity']), id: z.uuid() })

/** Asks what a calendar file may reveal, because others may see the calendar. */
export const calendarFileScreen = defineScreen({
  name: 'calendar-file',
  state: calendarFileState,
  aside: true,
  links: {
    'visit-ics': byId((_, id) => ({ to: { name: 'calendar-file', kind: 'visit', id } })),
    'activity-ics': byId((_, id) => ({ to: { name: 'calendar-file', kind: 'activity', id } })),
  },
  draw: async ({ deps, who, builder }, { kind, id }) => {
    await mustSeeCalendarItem(deps.database, { who, kind, id })
    return calendarFileView(builder, { kind, id })
  },
  tap: (turn, state, tap) => {
    if (tap.action !== 'set' || (tap.arg !== 'named' && tap.arg !== 'plain')) return null
    return send(turn, state, tap.arg === 'named')
  },
})

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
