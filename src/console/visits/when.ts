import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { epochMsOf } from '#features/deadlines/working-time.ts'
import { html, type Markup } from '#http/markup.ts'
import type { Visit } from '../visit.ts'

/** A moment as a page is asked for it: a day and an hour by the clock of the region, or an instant. */
export const whenQuery = { date: z.iso.date(), time: z.iso.time({ precision: -1 }), at: z.iso.datetime() }

export type When = { date?: string | undefined; time?: string | undefined; at?: string | undefined }

/** Null: no moment is named yet. */
export const momentOf = ({ deps }: Pick<Visit, 'deps'>, { date, time, at }: When): Date | null => {
  if (at !== undefined) return new Date(at)
  if (date === undefined || time === undefined) return null
  return new Date(epochMsOf(Temporal.PlainDate.from(date), time, deps.region.timeZone))
}

/** The same moment as two fields of a form show it. */
export const fieldsOf = ({ deps }: Pick<Visit, 'deps'>, at: Date): { date: string; time: string } => {
  const local = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(deps.region.timeZone)
  return {
    date: local.toPlainDate().toString(),
    time: local.toPlainTime().toString({ smallestUnit: 'minute' }),
  }
}

export const whenFields = (
  { say }: Pick<Visit, 'say'>,
  { date, time }: { date: string | undefined; time: string | undefined },
): Markup =>
  html`<p><label for="date">${say.label('consoleVisits.date')}</label><input id="date" type="date" name="date" required value="${date ?? ''}"></p>
<p><label for="time">${say.label('consoleVisits.time')}</label><input id="time" type="time" name="time" step="300" required value="${time ?? ''}"></p>`
