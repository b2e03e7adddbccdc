import { z } from 'zod'
import { leaveEverywhere } from '#features/console/console-access.ts'
import {
  addPasskey,
  longestPasskeyName,
  newPasskeyAnswer,
  removePasskey,
} from '#features/console/passkeys.ts'
import { countConsoleSessions } from '#storage/console/console-access.ts'
import { passkeysOf } from '#storage/console/ways-in.ts'
import { staffRoles } from '#storage/staff/staff.ts'
import { type Console, form, page } from '../routes.ts'
import { placeToGo } from '../sign-in/entrance.ts'
import { confirmPage } from './confirm-page.ts'
import { mePage } from './me-page.ts'

const everybody = { for: staffRoles } as const

/** «Мой вход»: one's own passkeys and sessions, and proving anew who one is. */
export const registerMe = (console: Console): void => {
  const { database, sealer } = console.deps
  console.acts.push({ path: '/console/me', for: staffRoles, label: 'consoleMe.title' })

  page(console, '/console/me', everybody, async (visit) => {
    const { staff, now } = visit
    return mePage(visit, {
      passkeys: await passkeysOf(database, staff.id),
      sessions: await countConsoleSessions(database, staff.id, now),
    })
  })

  page(console, '/console/confirm', { ...everybody, query: z.object({ to: placeToGo }) }, async (visit) =>
    confirmPage(visit, visit.query.to),
  )

  form(
    console,
    '/console/me/passkeys',
    {
      ...everybody,
      confirmed: true,
      fields: z.object({ name: z.string().trim().min(1).max(longestPasskeyName), answer: newPasskeyAnswer }),
    },
    async (tx, { staff, now, origin, fields: { name, answer } }) => {
      await addPasskey(tx, { sealer, site: { origin }, now }, { staffId: staff.id, name, answer })
      return { to: '/console/me', done: 'passkeyAdded' }
    },
  )

  form(
    console,
    '/console/me/passkeys/:id/remove',
    { ...everybody, params: z.object({ id: z.uuid() }) },
    async (tx, { staff, now, params: { id } }) => {
      await removePasskey(tx, { id, staffId: staff.id, now })
      return { to: '/console/me', done: 'passkeyRemoved' }
    },
  )

  form(console, '/console/me/leave', everybody, async (tx, { staff, now }) => {
    await leaveEverywhere(tx, { staffId: staff.id, now })
    return { to: '/console/enter' }
  })
}
