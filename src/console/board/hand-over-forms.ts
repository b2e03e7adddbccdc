import { z } from 'zod'
import {
  familiesToHand,
  handOverWithLeft,
  previewHandOver,
  scheduleHandOver,
  undoHandOver,
} from '#features/families/hand-families.ts'
import { namesOfStaff } from '#storage/staff/staff.ts'
import { listed } from '../listed.ts'
import { type Console, form, page } from '../routes.ts'
import { checkPage, choosePage, handedPage } from './hand-over-pages.ts'

const supervisors = ['supervisor'] as const
const params = z.object({ id: z.uuid() })
const number = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number)
const to = z.union([z.literal('evenly'), z.uuid()])
const takerOf = (given: string): string | null => (given === 'evenly' ? null : given)

/** Families of one curator to another one, or evenly: chosen, looked at, confirmed, and for a moment taken back. */
export const registerHandOver = (console: Console): void => {
  const { deps } = console

  page(
    console,
    '/console/staff/:id/hand-over',
    {
      for: supervisors,
      params,
      query: z.object({ check: z.literal('1'), all: z.literal('1'), f: listed(number), to }),
    },
    async (visit) => {
      const {
        staff,
        now,
        params: { id: memberId },
        query,
      } = visit
      const found = await familiesToHand(deps, { staff, memberId, now })
      const numbers = query.all ? found.families.map((one) => one.number) : (query.f ?? [])
      if (query.check === undefined || query.to === undefined || numbers.length === 0)
        return choosePage(visit, found, query.check !== undefined)
      const taker = takerOf(query.to)
      const checked = await previewHandOver(deps, { staff, memberId, now, numbers, to: taker })
      return checkPage(visit, { ...checked, to: taker })
    },
  )

  form(
    console,
    '/console/staff/:id/hand-over',
    { for: supervisors, params, fields: z.object({ f: listed(number), to }) },
    async (tx, { staff, now, params: { id: memberId }, fields }) => {
      const given = { staff, memberId, now, numbers: fields.f, to: takerOf(fields.to) }
      const { id } = await scheduleHandOver(tx, deps, given)
      return { to: `/console/board/handed/${id}` }
    },
  )

  page(console, '/console/board/handed/:id', { for: supervisors, params }, async (visit) => {
    const { row, left } = await handOverWithLeft(deps.database, {
      staff: visit.staff,
      handOverId: visit.params.id,
    })
    const names = await namesOfStaff(deps.database, [row.fromId, ...(row.toId ? [row.toId] : [])])
    const to = row.toId === null ? null : (names.get(row.toId) ?? '')
    return handedPage(visit, { row, left, from: names.get(row.fromId) ?? '', to })
  })

  form(
    console,
    '/console/board/handed/:id/undo',
    { for: supervisors, params },
    async (tx, { staff, now, params: { id: handOverId } }) => {
      await undoHandOver(tx, { staff, handOverId, now })
      return { to: `/console/board/handed/${handOverId}`, done: 'handOverUndone' }
    },
  )
}
