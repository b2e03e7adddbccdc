import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { addCentreDay, dropCentreDay, yearsAhead } from '#features/deadlines/centre-days.ts'
import { dayAt } from '#features/deadlines/deadlines.ts'
import { freeText } from '#http/free-text.ts'
import { isoDay } from '#http/iso-day.ts'
import { centreDayKinds, centreDaysIn } from '#storage/deadlines/centre-days.ts'
import type { Wrong } from '../form-routes.ts'
import { type Console, form, page } from '../routes.ts'
import type { Visit } from '../visit.ts'
import { dayNamed, daysPage, daysPath } from './day-pages.ts'
import { askSettingsPage } from './key-pages.ts'

const supervisors = ['supervisor'] as const
const params = z.object({ id: z.uuid() })
const fields = z.object({ day: isoDay, kind: z.enum(centreDayKinds), act: freeText(300) })
const typedFields = z.object({ day: z.string(), kind: z.string(), act: z.string() })

/** «Выходные центра»: a day off, or a day that is worked for one, with the act that says so. */
export const registerDays = (console: Console): void => {
  const { deps } = console
  const { database } = deps

  const pageOf = async (visit: Visit, more: Partial<Parameters<typeof daysPage>[1]> = {}) => {
    const { year } = dayAt(visit.now, deps.region.timeZone)
    return daysPage(visit, { year, days: await centreDaysIn(database), ...more })
  }
  const problemOf = ({ say, now }: Visit, { code, fields }: Wrong): string => {
    const { year } = dayAt(now, deps.region.timeZone)
    if (code === 'already-open') return say.label('consoleSettings.days.problems.known')
    if (fields.includes('act')) return say.label('consoleSettings.days.problems.act')
    return say.label('consoleSettings.days.problems.day', { from: year, until: year + yearsAhead })
  }

  page(
    console,
    daysPath,
    { for: supervisors, query: z.object({ page: z.coerce.number().int().min(1).max(20) }) },
    (visit) => pageOf(visit, { page: (visit.query.page ?? 1) - 1 }),
  )

  form(
    console,
    daysPath,
    {
      for: supervisors,
      fields,
      changesLists: true,
      again: async ({ typed, wrong, ...visit }) =>
        pageOf(visit, {
          typed: typedFields.catch({ day: '', kind: 'off', act: '' }).parse(typed),
          problem: problemOf(visit, wrong),
        }),
    },
    async (tx, { staff, now, fields }) => {
      await addCentreDay(tx, { ...fields, by: { staff }, now, region: deps.region })
      return { to: daysPath, done: 'dayAdded' }
    },
  )

  page(console, `${daysPath}/:id/remove`, { for: supervisors, params }, async (visit) => {
    const { say } = visit
    const { id } = visit.params
    const day = (await centreDaysIn(database)).find((one) => one.id === id)
    if (!day) throw new DomainError('not-found')
    return askSettingsPage(visit, {
      part: 'days',
      title: say.label('consoleSettings.days.takeBackOf', { day: dayNamed(visit, day) }),
      what: say.label('consoleSettings.days.takeBackWhat'),
      yes: say.label('consoleSettings.days.takeBack'),
      ...{ action: `${daysPath}/${id}/remove`, back: daysPath },
    })
  })

  form(
    console,
    `${daysPath}/:id/remove`,
    { for: supervisors, params, changesLists: true },
    async (tx, { staff, now, params: { id } }) => {
      await dropCentreDay(tx, { id, by: { staff }, now })
      return { to: daysPath, done: 'dayTakenBack' }
    },
  )
}
