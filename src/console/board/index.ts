import { z } from 'zod'
import { optionLabel } from '#dialogue/intake/option-label-view.ts'
import { boardOf, type WholeFigures } from '#features/board/board.ts'
import {
  answersOnBoard,
  dueTermsOnBoard,
  endedTermsOnBoard,
  familiesOnBoard,
  notVisitedOnBoard,
  requestsOfMember,
  visitsOfMember,
  waitingOnBoard,
} from '#features/board/board-lists.ts'
import type { ListedStaff } from '#features/staff/staff-for-supervisor.ts'
import { keepFigures } from '#features/board/kept-figures.ts'
import { DomainError } from '#core/errors.ts'
import { outcomes } from '#storage/board/board-lists.ts'
import { type Console, page } from '../routes.ts'
import { boardPage } from './board-page.ts'
import { monthName, waitInWords } from './board-words.ts'
import { registerHandOver } from './hand-over-forms.ts'
import {
  familiesPage,
  notVisitedPage,
  requestsPage,
  termsPage,
  visitsPage,
  waitedSince,
} from './list-pages.ts'

const supervisors = ['supervisor'] as const
const paged = { page: z.coerce.number().int().min(1).max(100_000) }
const month = z.string().regex(/^20\d\d-(0[1-9]|1[0-2])-01$/)

/** «Доска»: figures of the territories, each of which opens; families of one curator to others. */
export const registerBoard = (console: Console): void => {
  const { deps } = console
  console.served.add('board')
  const kept = { figures: keepFigures<WholeFigures>(), loads: keepFigures<ListedStaff[]>() }

  page(console, '/console/board', { for: supervisors, query: z.object(paged) }, async (visit) =>
    boardPage(visit, await boardOf({ ...deps, ...kept }, visit), (visit.query.page ?? 1) - 1),
  )

  registerRequestLists(console)
  registerFamilyLists(console)
  registerHandOver(console)

  page(
    console,
    '/console/board/visits',
    { for: supervisors, query: z.object({ of: z.uuid(), week: z.literal('1'), ...paged }) },
    async (visit) => {
      const { say, staff, now, query } = visit
      const at = placeOf(query)
      const week = query.week !== undefined
      const found = await visitsOfMember(deps, { staff, now, page: at, memberId: needed(query.of), week })
      const title = say.label(week ? 'consoleBoard.visitsOfWeek' : 'consoleBoard.visitsAheadOf', {
        name: found.member.name,
      })
      return visitsPage(visit, { title, page: at }, found)
    },
  )
}

const placeOf = ({ page: given = 1 }: { page?: number | undefined }): number => given - 1

/** A list of somebody or of something that is not named is not there. */
const needed = <T>(value: T | undefined): T => {
  if (value === undefined) throw new DomainError('not-found')
  return value
}

const registerRequestLists = (console: Console): void => {
  const { deps } = console

  page(console, '/console/board/waiting', { for: supervisors, query: z.object(paged) }, async (visit) => {
    const { say, staff, now } = visit
    const at = placeOf(visit.query)
    const found = await waitingOnBoard(deps, { staff, now, page: at })
    return requestsPage(visit, { title: say.label('consoleBoard.waitingLongest'), page: at }, found, (one) =>
      waitedSince(visit, one),
    )
  })

  page(
    console,
    '/console/board/requests',
    { for: supervisors, query: z.object({ of: z.uuid(), ...paged }) },
    async (visit) => {
      const { say, staff, now, query } = visit
      const at = placeOf(query)
      const found = await requestsOfMember(deps, { staff, now, page: at, memberId: needed(query.of) })
      const title = say.label('consoleBoard.requestsOf', { name: found.member.name })
      const stage = (code: string) => optionLabel(say, deps.region.code, 'stages', code)
      return requestsPage(visit, { title, page: at }, found, (one) => stage(one.stage))
    },
  )

  page(
    console,
    '/console/board/answers',
    { for: supervisors, query: z.object({ month, ...paged }) },
    async (visit) => {
      const { say, staff, now, query } = visit
      const at = placeOf(query)
      const of = needed(query.month)
      const found = await answersOnBoard(deps, { staff, now, page: at, month: of })
      const came = new Map(found.items.map(({ id, submittedAt }) => [id, submittedAt]))
      const title = say.label('consoleBoard.answersIn', { month: monthName(say, of) })
      return requestsPage(visit, { title, page: at }, found, (one) => {
        if (one.claimedAt === null) return waitedSince(visit, one)
        const ms = one.claimedAt.getTime() - (came.get(one.id) ?? one.since).getTime()
        return say.label('consoleBoard.takenAfter', { time: waitInWords(say, ms) })
      })
    },
  )
}

const registerFamilyLists = (console: Console): void => {
  const { deps } = console
  const stageCode = z.string().max(64)

  page(
    console,
    '/console/board/families',
    { for: supervisors, query: z.object({ of: z.uuid(), stage: stageCode, ...paged }) },
    async (visit) => {
      const { say, staff, now, query } = visit
      const at = placeOf(query)
      if (query.of === undefined) needed(query.stage)
      const stage =
        query.of === undefined && deps.region.stages.includes(query.stage ?? '') ? query.stage : undefined
      if (query.of === undefined) needed(stage)
      const found = await familiesOnBoard(deps, { staff, now, page: at, memberId: query.of, stage })
      const title = found.member
        ? say.label('consoleBoard.familiesOf', { name: found.member.name })
        : say.label('consoleBoard.familiesAt', {
            stage: optionLabel(say, deps.region.code, 'stages', stage ?? ''),
          })
      return familiesPage(visit, { title, page: at }, found)
    },
  )

  page(console, '/console/board/not-visited', { for: supervisors, query: z.object(paged) }, async (visit) => {
    const { say, staff, now } = visit
    const at = placeOf(visit.query)
    const found = await notVisitedOnBoard(deps, { staff, now, page: at })
    const shown = {
      title: say.label('consoleBoard.notVisitedTitle'),
      note: say.label('consoleBoard.notVisitedNote'),
      page: at,
    }
    return notVisitedPage(visit, shown, found)
  })

  page(
    console,
    '/console/board/terms',
    { for: supervisors, query: z.object({ stage: stageCode, show: z.enum(['near', 'overdue']), ...paged }) },
    async (visit) => {
      const { say, staff, now, query } = visit
      const at = placeOf(query)
      const stage = needed(deps.region.stages.find((one) => one === query.stage))
      const overdue = needed(query.show) === 'overdue'
      const found = await dueTermsOnBoard(deps, { staff, now, page: at, stage, overdue })
      const title = say.label(overdue ? 'consoleBoard.overdueAt' : 'consoleBoard.nearAt', {
        stage: optionLabel(say, deps.region.code, 'stages', stage),
      })
      return termsPage(visit, { title, page: at }, found)
    },
  )

  page(
    console,
    '/console/board/ended',
    { for: supervisors, query: z.object({ month, outcome: z.enum(outcomes), ...paged }) },
    async (visit) => {
      const { say, staff, now, query } = visit
      const at = placeOf(query)
      const [of, outcome] = [needed(query.month), needed(query.outcome)]
      const found = await endedTermsOnBoard(deps, { staff, now, page: at, month: of, outcome })
      const title = say.label(`consoleBoard.ended.${outcome}`, { month: monthName(say, of) })
      return termsPage(visit, { title, page: at }, found)
    },
  )
}
