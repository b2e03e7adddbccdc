import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { dayAt } from '#features/deadlines/deadlines.ts'
import { messageSources } from '#features/incoming/incoming.ts'
import { registerIncoming } from '#features/incoming/register-incoming.ts'
import { registerAppeal } from '#features/requests/register-appeal.ts'
import { registerCall } from '#features/requests/register-call.ts'
import { isConcernOf } from '#features/staff/concern.ts'
import type { Tx } from '#storage/database.ts'
import { findByNumber } from '#storage/requests/requests.ts'
import type { StaffMember } from '#storage/staff/staff.ts'
import type { Typed } from '../typed.ts'
import { type Console, form, page, type Wrong } from '../routes.ts'
import type { Next, Visit } from '../visit.ts'
import { workers } from './card-routes.ts'
import { appealFields, appealOf, callFields, isPlace, messageFields } from './new-fields.ts'
import { type NewKind, newKinds, newPage } from './new-page.ts'

/** «Новое обращение». */
export const registerNew = (console: Console): void => {
  const { deps } = console
  const { region } = deps
  const mustBePlace = (code: string) => {
    if (!isPlace(region, code)) throw new DomainError('invalid-input', { field: 'territory' })
  }

  page(
    console,
    '/console/requests/new',
    { for: workers, query: z.object({ as: z.enum(newKinds) }) },
    async (visit) => {
      const receivedOn = dayAt(visit.now, region.timeZone).toString()
      const [territory, more] = visit.staff.territories
      const typed = { receivedOn, ...(territory !== undefined && more === undefined && { territory }) }
      return newPage(visit, visit.query.as ?? 'appeal', { typed, problems: [] })
    },
  )

  const again =
    (kind: NewKind) =>
    async ({ typed, wrong, ...visit }: Visit & { typed: Typed; wrong: Wrong }) =>
      newPage(visit, kind, { typed, problems: wrong.fields.map(fieldOf) })

  form(
    console,
    '/console/requests/new/call',
    { for: workers, fields: callFields, again: again('call') },
    async (tx, { staff, now, fields }) => {
      mustBePlace(fields.territory)
      const call = { ...fields, phone: fields.phone ?? null }
      const { number } = await registerCall(tx, deps, { staff, call, now })
      return nextFor(tx, staff, number, 'callKept')
    },
  )

  form(
    console,
    '/console/requests/new/appeal',
    { for: workers, fields: appealFields, again: again('appeal') },
    async (tx, { staff, now, fields }) => {
      mustBePlace(fields.territory)
      const appeal = appealOf(fields, region, now)
      const { number } = await registerAppeal(tx, deps, { appeal, by: { staffId: staff.id }, now })
      return nextFor(tx, staff, number, 'appealKept')
    },
  )

  form(
    console,
    '/console/requests/new/message',
    { for: workers, fields: messageFields, again: again('message') },
    async (tx, { staff, now, fields: { sender: source, ...said } }) => {
      mustBePlace(said.territory)
      if (!messageSources(region).some(({ code }) => code === source))
        throw new DomainError('invalid-input', { field: 'sender' })
      const incoming = { ...said, source }
      const given = { incoming, family: null, by: { staffId: staff.id }, now }
      const { requestNumber } = await registerIncoming(tx, deps, given)
      if (requestNumber === null) return { to: '/console/requests', done: 'messageKept' }
      return nextFor(tx, staff, requestNumber, 'messageUrgent')
    },
  )
}

/** An appeal has a moment, of which the page asks the day. */
const fieldOf = (field: string): string => (field === 'receivedAt' ? 'receivedOn' : field)

/** To its card, if the request is the reader's to open; it may be of another territory. */
const nextFor = async (tx: Tx, staff: StaffMember, number: string, done: string): Promise<Next> => {
  const request = await findByNumber(tx, number)
  const to =
    request && (await isConcernOf(tx, staff, request))
      ? `/console/requests/${request.id}`
      : '/console/requests'
  return { to, done }
}
