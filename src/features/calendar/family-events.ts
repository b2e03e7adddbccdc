import { Temporal } from 'temporal-polyfill'
import type { Say } from '#core/text.ts'
import { cleanText } from '#core/words.ts'
import type { OpenPlan } from '#features/plan/open-plan.ts'
import type { Tracked } from '#features/plan/progress.ts'
import { openVisitContent } from '#features/visits/visit-content.ts'
import type { Sealer } from '#storage/seal.ts'
import type { Visit } from '#storage/visits/visits.ts'
import type { CalendarEvent } from './calendar-event.ts'
import { calendarEntries } from './recurrence-rule.ts'

export type EventOptions = {
  say: Say
  timeZone: string
  /** Includes names, places and purposes, if the person chose so. The door code is never included. */
  named: boolean
}

/** The current state of a visit. `staffName`: the name of the visitor. */
export const visitEvent = (
  sealer: Sealer,
  visit: Visit,
  { say, timeZone, named, staffName }: EventOptions & { staffName: string | null },
): CalendarEvent => {
  const cancelled = visit.status === 'cancelled'
  return {
    uid: `visit-${visit.id}@ryadom`,
    // The revision also changes with the place, not only with the time.
    sequence: visit.revision,
    changedAt: visit.changedAt,
    cancelled,
    when: {
      kind: 'timed',
      start: momentIn(visit.startsAt, timeZone),
      end: momentIn(visit.endsAt, timeZone),
    },
    ...(named ? namedVisit(sealer, visit, say, staffName) : { summary: say.label('calendar.event.visit') }),
  }
}

const namedVisit = (sealer: Sealer, visit: Visit, say: Say, staffName: string | null) => {
  const { place, note } = openVisitContent(sealer, visit)
  const purpose = say.label(`calendar.purpose.${visit.purpose}`)
  return {
    summary:
      !staffName || isBlank(staffName)
        ? purpose
        : say.label('calendar.event.withName', { purpose, name: staffName }),
    location: place ?? undefined,
    description: note ?? undefined,
  }
}

/** An activity of a plan with all its days; empty if it never takes place. */
export const activityEvents = (
  plan: Pick<OpenPlan, 'number' | 'at'>,
  activity: Tracked,
  { say, timeZone, named }: EventOptions,
): CalendarEvent[] => {
  const cancelled = activity.status === 'cancelled'
  const { plain, place, responsible, familyPart } = activity
  const untitled = say.label('calendar.event.activity')
  return calendarEntries(activity.when, timeZone).map(({ part, when }) => ({
    uid: `activity-${activity.id}${part}@ryadom`,
    sequence: plan.number + (cancelled ? 1 : 0),
    changedAt: plan.at,
    cancelled,
    when,
    ...(named
      ? {
          summary: isBlank(plain) ? untitled : plain,
          location: place,
          description: [responsible, familyPart].filter(Boolean).join('\n'),
        }
      : { summary: untitled }),
  }))
}

/** An entry without a title is shown as «undefined», or not at all, by the programs that read it. */
const isBlank = (text: string): boolean => cleanText(text) === ''

const momentIn = (moment: Date, timeZone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(moment.getTime()).toZonedDateTimeISO(timeZone)
