import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { isAdministrator, mustAdminister } from '#features/staff/administrators.ts'
import { curatorsInReach } from '#features/staff/colleagues.ts'
import { addColleague, endAccessOf, endWorkOf, linkAnew } from '#features/staff/manage-staff.ts'
import { oneInReach, staffInReach } from '#features/staff/staff-for-supervisor.ts'
import { photoOf } from '#storage/staff/staff-photos.ts'
import { type Console, download, form, page } from '../routes.ts'
import type { Visit } from '../visit.ts'
import { registerAbsences } from './absence-forms.ts'
import { registerStaffEditing } from './edit-forms.ts'
import { leavingPage } from './leaving-page.ts'
import { askPage, linkPage, newStaffPage } from './newcomer-pages.ts'
import { registerStaffPhoto } from './photo-form.ts'
import { rightsFields } from './staff-fields.ts'
import { staffListPage } from './staff-list-page.ts'
import { staffPage } from './staff-page.ts'

const params = z.object({ id: z.uuid() })
const supervisors = ['supervisor'] as const

/** «Сотрудники»: who works here, what they may, when they are there, and how they come and go. */
export const registerStaff = (console: Console): void => {
  const { deps } = console
  console.served.add('staff')
  const one = ({ staff, now }: Visit, memberId: string) => oneInReach(deps, { staff, memberId, now })

  page(
    console,
    '/console/staff',
    {
      for: supervisors,
      query: z.object({ all: z.literal('1'), page: z.coerce.number().int().min(1).max(100_000) }),
    },
    async (visit) => {
      const { staff, now, query } = visit
      const all = query.all !== undefined
      const { items } = await staffInReach(deps, { staff, now, all })
      const asked = (query.page ?? 1) - 1
      return staffListPage(visit, { items, all, administers: isAdministrator(staff), asked })
    },
  )

  page(console, '/console/staff/new', { for: supervisors }, async (visit) => {
    mustAdminister(visit.staff)
    return newStaffPage(visit, null)
  })

  form(
    console,
    '/console/staff',
    { for: supervisors, fields: rightsFields, confirmed: true },
    async (tx, visit) => {
      const { staff, now, fields: member, say } = visit
      if (member.territories.length === 0)
        return { again: newStaffPage(visit, member, say.label('consoleStaff.noTerritory')) }
      const invited = await addColleague(
        tx,
        { ...deps, botUsername: deps.botUsername() },
        { staff, member, now },
      )
      return { shown: linkPage(visit, invited), to: `/console/staff/${invited.staff.id}`, done: 'linkShown' }
    },
  )

  registerAbsences(console)
  registerStaffEditing(console)
  registerStaffPhoto(console)

  page(console, '/console/staff/:id', { for: supervisors, params }, async (visit) =>
    staffPage(visit, await one(visit, visit.params.id)),
  )

  download(console, '/console/staff/:id/photo', { for: supervisors, params }, async (visit) => {
    const { member } = await one(visit, visit.params.id)
    const photo = await photoOf(deps.database, member.id)
    if (!photo) throw new DomainError('not-found')
    const png = photo.bytes[0] === 0x89
    return {
      name: png ? 'photo.png' : 'photo.jpg',
      type: png ? 'image/png' : 'image/jpeg',
      content: photo.bytes,
    }
  })

  registerAccess(console)

  page(
    console,
    '/console/staff/:id/leaving',
    { for: supervisors, params, query: z.object({ to: z.union([z.literal('evenly'), z.uuid()]) }) },
    async (visit) => {
      const {
        now,
        params: { id },
        query,
      } = visit
      const found = await one(visit, id)
      if (!found.manages) throw new DomainError('not-found')
      const takers = await curatorsInReach(deps.database, { ...found, now })
      return leavingPage(visit, { one: found, takers, to: query.to ?? null })
    },
  )

  form(
    console,
    '/console/staff/:id/leaving',
    {
      for: supervisors,
      params,
      fields: z.object({ to: z.union([z.literal('evenly'), z.uuid()]) }),
      confirmed: true,
    },
    async (tx, { staff, now, params: { id: memberId }, fields: { to } }) => {
      await endWorkOf(tx, deps, { staff, memberId, to: to === 'evenly' ? null : to, now })
      return { to: `/console/staff/${memberId}`, done: 'workEnded' }
    },
  )
}

/** A new link, a lost phone, «выйти везде». */
const registerAccess = (console: Console): void => {
  const { deps } = console
  const one = ({ staff, now }: Visit, memberId: string) => oneInReach(deps, { staff, memberId, now })

  page(console, '/console/staff/:id/link', { for: supervisors, params }, async (visit) => {
    const { member, self, manages } = await one(visit, visit.params.id)
    const joined = member.personId !== null
    if (self || !member.active || (!joined && !manages)) throw new DomainError('not-found')
    return askPage(visit, member, 'link', joined ? 'lostPhone' : 'newLink')
  })

  form(
    console,
    '/console/staff/:id/link',
    { for: supervisors, params, confirmed: true },
    async (tx, visit) => {
      const {
        staff,
        now,
        params: { id: memberId },
      } = visit
      const linking = { ...deps, botUsername: deps.botUsername() }
      const invited = await linkAnew(tx, linking, { staff, memberId, now })
      return { shown: linkPage(visit, invited), to: `/console/staff/${memberId}`, done: 'linkShown' }
    },
  )

  page(console, '/console/staff/:id/end-access', { for: supervisors, params }, async (visit) => {
    const { member } = await one(visit, visit.params.id)
    if (!member.active || member.personId === null) throw new DomainError('not-found')
    return askPage(visit, member, 'end-access', 'endAccess')
  })

  form(
    console,
    '/console/staff/:id/end-access',
    { for: supervisors, params, confirmed: true },
    async (tx, { staff, now, params: { id: memberId } }) => {
      await endAccessOf(tx, deps, { staff, memberId, now })
      return { to: `/console/staff/${memberId}`, done: 'accessEnded' }
    },
  )
}
