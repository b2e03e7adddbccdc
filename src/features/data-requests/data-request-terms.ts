import { Temporal } from 'temporal-polyfill'
import { dueDate } from '#features/deadlines/deadlines.ts'
import type { Calendar } from '#regions/days-off.ts'

/** 152-ФЗ, ст. 14 and 20: an answer within ten working days. */
const answer = { days: 10, dayKind: 'working' } as const
/** 152-ФЗ, ст. 21, ч. 5, and what the texts of the consents promise. */
const destruction = { days: 30, dayKind: 'calendar' } as const
/** Two days before the end of the term: a machine that stands for a night is no breach of a promise. */
const earlier = 2 * 24 * 60 * 60 * 1000

/** The end of the last day for an answer. `receivedOn`: ISO. */
export const answerDue = (receivedOn: string, calendar: Calendar): Date =>
  dueDate(answer, noonOf(receivedOn, calendar), calendar).instant

/** The same of a withdrawal on paper: the term runs from the day on which the centre received it. */
export const destructionDueOnPaper = (received: Date, calendar: Calendar) =>
  destructionDue(noonOf(received.toISOString().slice(0, 10), calendar), calendar)

/** The last moment for the destruction after a withdrawal, and when it is begun. */
export const destructionDue = (withdrawnAt: Date, calendar: Calendar): { dueAt: Date; eraseAt: Date } => {
  const { instant } = dueDate(destruction, withdrawnAt, calendar)
  return { dueAt: instant, eraseAt: new Date(instant.getTime() - earlier) }
}

const noonOf = (day: string, { timeZone }: Calendar): Date =>
  new Date(Temporal.PlainDate.from(day).toZonedDateTime({ timeZone, plainTime: '12:00' }).epochMilliseconds)
