import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { staffRights } from '#features/families/family-access.ts'
import {
  incomingForStaff,
  incomingOfFamily,
  linkForStaff,
  openIncomingForStaff,
  refuteForStaff,
} from '#features/incoming/incoming-for-staff.ts'
import { longestUnconfirmed } from '#features/incoming/settle-incoming.ts'
import { freeText } from '#http/free-text.ts'
import { staffRoles } from '#storage/staff/staff.ts'
import { openFamily, withWarnings } from '../families/family-frame.ts'
import { familyPageAt } from '../families/of-family.ts'
import { chargeRoles } from '../families/roles.ts'
import type { Typed } from '../typed.ts'
import { type Console, form, page, type Wrong } from '../routes.ts'
import type { Visit } from '../visit.ts'
import { incomingListPage, incomingOfFamilyPage } from './incoming-list-page.ts'
import { incomingPage } from './incoming-page.ts'

const params = z.object({ id: z.uuid() })
const pageSize = 25
const mostOfFamily = 50

/** «Сообщения о семьях»: what others tell of a family that has not applied itself, until somebody says what became of it (ADR 78). */
export const registerIncoming = (console: Console): void => {
  const { deps } = console
  const { database } = deps
  console.acts.push({
    path: '/console/incoming',
    for: ['intake', 'supervisor'],
    label: 'consoleIncoming.title',
  })

  page(
    console,
    '/console/incoming',
    {
      for: ['intake', 'supervisor'],
      query: z.object({ after: z.coerce.number().int().min(1).max(2_000_000_000) }),
    },
    async (visit) => {
      const { staff, now, query } = visit
      const asked = { staff, now, after: query.after, limit: pageSize + 1 }
      const found = await openIncomingForStaff(database, asked)
      const items = found.slice(0, pageSize)
      return incomingListPage(visit, {
        items,
        next: found.length > items.length ? (items.at(-1)?.number ?? null) : null,
        begun: query.after === undefined,
      })
    },
  )

  familyPageAt(console, '/incoming', { for: chargeRoles }, async (visit, of) => {
    const items = await incomingOfFamily(database, { ...of, limit: mostOfFamily })
    return incomingOfFamilyPage(visit, await openFamily(visit, of.familyId), items)
  })

  const draw = async (
    visit: Visit & { params: { id: string } },
    { typed = {}, wrong }: { typed?: Typed; wrong?: Wrong },
  ) => {
    const { staff, now, params, redrawn } = visit
    const found = await database.transaction((tx) =>
      incomingForStaff(tx, deps, { staff, now, id: params.id, again: redrawn }),
    )
    const { family } = found
    const rights = family && (await staffRights(database, staff, family, { now }))
    const opens = rights?.has('card') === true
    return incomingPage(visit, {
      ...found,
      open: family && opens ? await withWarnings(visit, family) : null,
      typed: { number: String(typed.number ?? ''), reason: String(typed.reason ?? '') },
      wrong: wrong === undefined ? null : wrong.fields.includes('number') ? 'noFamily' : 'tooLong',
    })
  }

  page(console, '/console/incoming/:id', { for: staffRoles, params }, (visit) => draw(visit, {}))

  form(
    console,
    '/console/incoming/:id/family',
    {
      for: staffRoles,
      params,
      fields: z.object({ number: z.coerce.number().int().min(1).max(2_000_000_000) }),
      again: (call) => draw(call, call),
    },
    async (tx, { staff, now, params: { id }, fields: { number } }) => {
      // Also says whether the message is theirs, so that only a wrong number leads back to the page.
      await incomingForStaff(tx, deps, { staff, now, id })
      try {
        await linkForStaff(tx, deps, { staff, now, id, number })
      } catch (error) {
        if (!(error instanceof DomainError) || error.code !== 'not-found') throw error
        throw new DomainError('invalid-input', { field: 'number', cause: error })
      }
      return { to: `/console/incoming/${id}`, done: 'incomingLinked' }
    },
  )

  form(
    console,
    '/console/incoming/:id/refute',
    {
      for: staffRoles,
      params,
      fields: z.object({ reason: freeText(longestUnconfirmed) }),
      again: (call) => draw(call, call),
    },
    async (tx, { staff, now, params: { id }, fields: { reason } }) => {
      await refuteForStaff(tx, deps, { staff, now, id, reason })
      return { to: `/console/incoming/${id}`, done: 'incomingRefuted' }
    },
  )
}
