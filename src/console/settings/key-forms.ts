import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { mustAdminister } from '#features/staff/administrators.ts'
import { createKey, mostKeyDays, revokeKey } from '#features/staff/api-keys.ts'
import { scopes } from '#features/staff/api-scopes.ts'
import { freeText } from '#http/free-text.ts'
import { territoryCode } from '#http/territory-codes.ts'
import { findKey, listApiKeys } from '#storage/staff/api-keys.ts'
import { listed } from '../listed.ts'
import { type Console, form, page } from '../routes.ts'
import { askSettingsPage, keysPage, newKeyPage, secretPage } from './key-pages.ts'

const supervisors = ['supervisor'] as const
const params = z.object({ id: z.uuid() })
const dayMs = 24 * 60 * 60_000

const fields = z.object({
  name: freeText(100).refine((text) => !/[\n\t]/.test(text)),
  scopes: listed(z.enum(scopes)),
  territories: listed(territoryCode),
  days: z.string().regex(/^\d{1,4}$/),
})

/** Keys of the staff API: made with the secret shown once, and revoked. */
export const registerKeys = (console: Console): void => {
  const { deps } = console
  const at = '/console/settings/keys'

  page(console, at, { for: supervisors }, async (visit) => {
    mustAdminister(visit.staff)
    return keysPage(visit, await listApiKeys(deps.database))
  })

  page(console, `${at}/new`, { for: supervisors }, async (visit) => {
    mustAdminister(visit.staff)
    return newKeyPage(visit, null)
  })

  form(console, at, { for: supervisors, fields, confirmed: true }, async (tx, visit) => {
    const { staff, say, now, fields: typed } = visit
    mustAdminister(staff)
    const days = Number(typed.days)
    const known = deps.region.territories.map(({ code }) => code)
    if (typed.scopes.length === 0)
      return { again: newKeyPage(visit, typed, say.label('consoleSettings.keys.noScope')) }
    if (days < 1 || days > mostKeyDays || !typed.territories.every((code) => known.includes(code)))
      return {
        again: newKeyPage(visit, typed, say.label('consoleSettings.keys.wrongDays', { most: mostKeyDays })),
      }
    const expiresAt = new Date(now.getTime() + days * dayMs)
    const { key, token } = await createKey(tx, { ...typed, expiresAt, by: staff.id, now })
    const shown = secretPage(visit, {
      part: 'keys',
      title: say.label('consoleSettings.keys.made', { name: key.name }),
      secret: token,
      back: at,
    })
    return { shown, to: at, done: 'secretShown' }
  })

  page(console, `${at}/:id/revoke`, { for: supervisors, params }, async (visit) => {
    const {
      staff,
      say,
      params: { id },
    } = visit
    mustAdminister(staff)
    const key = await findKey(deps.database, id)
    if (!key || key.revokedAt !== null) throw new DomainError('not-found')
    const title = say.label('consoleSettings.keys.revokeOf', { name: key.name })
    const [what, yes] = [
      say.label('consoleSettings.keys.revokeWhat'),
      say.label('consoleSettings.keys.revokeYes'),
    ]
    return askSettingsPage(visit, { part: 'keys', title, what, yes, action: `${at}/${id}/revoke`, back: at })
  })

  form(
    console,
    `${at}/:id/revoke`,
    { for: supervisors, params, confirmed: true },
    async (tx, { staff, now, params: { id } }) => {
      mustAdminister(staff)
      await revokeKey(tx, id, now, staff.id)
      return { to: at, done: 'keyRevoked' }
    },
  )
}
