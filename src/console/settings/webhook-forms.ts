import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { isAdministrator, mustAdminister } from '#features/staff/administrators.ts'
import {
  deliveriesForCaller,
  deliveryForCaller,
  replayFailed,
  replayForCaller,
  sendTestEvent,
} from '#features/webhooks/deliveries.ts'
import {
  createEndpoint,
  type EndpointChanger,
  endpointForCaller,
  endpointsForCaller,
  pauseForCaller,
  removeForCaller,
  resumeForCaller,
  rotateSecret,
  silencedTypes,
} from '#features/webhooks/endpoints.ts'
import { type CheckedUrl, checkAddress } from '#features/webhooks/ssrf-guard.ts'
import type { StaffMember } from '#storage/staff/staff.ts'
import { findKey, listApiKeys } from '#storage/staff/api-keys.ts'
import { deliveryStatuses } from '#storage/webhooks/webhook-deliveries.ts'
import { type Console, form, page } from '../routes.ts'
import { askSettingsPage, secretPage } from './key-pages.ts'
import { deliveryPage, newWebhookPage, webhookPage, webhooksPage } from './webhook-pages.ts'

const supervisors = ['supervisor'] as const
const params = z.object({ id: z.uuid() })
const ofDelivery = z.object({ id: z.uuid(), delivery: z.uuid() })
const at = '/console/settings/webhooks'
const pageSize = 30
/** Failed deliveries of so long ago are sent again by one button. */
const replayedMs = 7 * 24 * 60 * 60_000

/** An administrator as the features of webhooks know them. Throws `not-found` for anybody else. */
const callerOf = (staff: StaffMember): EndpointChanger => {
  mustAdminister(staff)
  return { keyId: null, territories: 'all', staffId: staff.id }
}

/** Webhooks: their state and deliveries, what is sent again, and new ones for a key. */
export const registerWebhooks = (console: Console): void => {
  const { deps } = console
  const { database } = deps
  const openKeys = async (now: Date) =>
    (await listApiKeys(database)).filter((key) => key.revokedAt === null && key.expiresAt > now)

  page(console, at, { for: supervisors }, async (visit) =>
    webhooksPage(visit, await endpointsForCaller(database, callerOf(visit.staff))),
  )

  page(console, `${at}/new`, { for: supervisors }, async (visit) => {
    mustAdminister(visit.staff)
    return newWebhookPage(visit, await openKeys(visit.now), null, null)
  })

  form(
    console,
    at,
    {
      for: supervisors,
      fields: z.object({ url: z.string().max(2048), key: z.uuid() }),
      confirmed: true,
      // Names are looked up before the transaction: a slow server must not hold a connection.
      prepare: async ({ staff, fields: { url } }): Promise<CheckedUrl | DomainError | null> => {
        if (!isAdministrator(staff)) return null
        return checkAddress(url, deps.guard).catch((error: unknown) => {
          if (error instanceof DomainError && error.code === 'address-refused') return error
          throw error
        })
      },
    },
    async (tx, visit, checked) => {
      const { staff, say, now, fields: typed } = visit
      mustAdminister(staff)
      const key = await findKey(tx, typed.key)
      if (!key || key.revokedAt !== null || key.expiresAt <= now || !checked)
        throw new DomainError('not-found')
      if (checked instanceof DomainError) {
        const why = say.label(`consoleSettings.webhooks.refused.${checked.rule ?? 'address'}`)
        return { again: newWebhookPage(visit, [key], typed, why) }
      }
      const territories = key.territories.length === 0 ? ('all' as const) : key.territories
      const caller = { keyId: key.id, territories, staffId: staff.id }
      const made = await createEndpoint(tx, deps, { caller, url: checked, events: [], territories: [], now })
      const back = `${at}/${made.endpoint.id}`
      const shown = secretPage(visit, {
        part: 'webhooks',
        title: say.label('consoleSettings.webhooks.made'),
        secret: made.secret,
        back,
      })
      return { shown, to: back, done: 'secretShown' }
    },
  )

  const query = z.object({ status: z.enum(deliveryStatuses), at: z.iso.datetime(), last: z.uuid() })
  page(console, `${at}/:id`, { for: supervisors, params, query }, async (visit) => {
    const {
      staff,
      now,
      params: { id },
      query: given,
    } = visit
    const caller = callerOf(staff)
    const endpoint = await endpointForCaller(database, caller, id)
    const after = given.at && given.last ? { createdAt: new Date(given.at), id: given.last } : undefined
    const { items, next } = await deliveriesForCaller(database, {
      caller,
      endpointId: id,
      status: given.status,
      after,
      limit: pageSize,
    })
    const key = endpoint.apiKeyId === null ? null : await findKey(database, endpoint.apiKeyId)
    const link = new URLSearchParams({
      ...(given.status && { status: given.status }),
      ...(next && { at: next.createdAt.toISOString(), last: next.id }),
    })
    return webhookPage(visit, {
      ...{ endpoint, deliveries: items, keyName: key?.name ?? null, status: given.status ?? null },
      silenced: await silencedTypes(database, endpoint, now),
      next: next && `${at}/${id}?${link}`,
    })
  })

  page(console, `${at}/:id/deliveries/:delivery`, { for: supervisors, params: ofDelivery }, async (visit) => {
    const {
      staff,
      params: { id: endpointId, delivery: deliveryId },
    } = visit
    const caller = callerOf(staff)
    const endpoint = await endpointForCaller(database, caller, endpointId)
    return deliveryPage(
      visit,
      endpoint,
      await deliveryForCaller(database, deps.sealer, { caller, endpointId, deliveryId }),
    )
  })

  form(
    console,
    `${at}/:id/deliveries/:delivery/replay`,
    { for: supervisors, params: ofDelivery },
    async (tx, { staff, now, params: { id: endpointId, delivery: deliveryId } }) => {
      await replayForCaller(tx, deps, { caller: callerOf(staff), endpointId, deliveryId, now })
      return { to: `${at}/${endpointId}/deliveries/${deliveryId}`, done: 'replayed' }
    },
  )

  form(
    console,
    `${at}/:id/replay-failed`,
    { for: supervisors, params },
    async (tx, { staff, now, params: { id: endpointId } }) => {
      const since = new Date(now.getTime() - replayedMs)
      await replayFailed(tx, deps, { caller: callerOf(staff), endpointId, since })
      return { to: `${at}/${endpointId}`, done: 'replayed' }
    },
  )

  form(
    console,
    `${at}/:id/test`,
    { for: supervisors, params },
    async (tx, { staff, now, params: { id: endpointId } }) => {
      await sendTestEvent(tx, deps, { caller: callerOf(staff), endpointId, now })
      return { to: `${at}/${endpointId}`, done: 'testSent' }
    },
  )

  form(
    console,
    `${at}/:id/pause`,
    { for: supervisors, params },
    async (tx, { staff, now, params: { id } }) => {
      await pauseForCaller(tx, { caller: callerOf(staff), id, now })
      return { to: `${at}/${id}` }
    },
  )

  form(
    console,
    `${at}/:id/resume`,
    { for: supervisors, params, confirmed: true },
    async (tx, { staff, now, params: { id } }) => {
      await resumeForCaller(tx, deps, { caller: callerOf(staff), id, now })
      return { to: `${at}/${id}` }
    },
  )

  registerEnds(console)
}

/** A new secret, and the end. */
const registerEnds = (console: Console): void => {
  const { deps } = console
  for (const act of ['rotate', 'remove'] as const)
    page(console, `${at}/:id/${act}`, { for: supervisors, params }, async (visit) => {
      const {
        staff,
        say,
        params: { id },
      } = visit
      const endpoint = await endpointForCaller(deps.database, callerOf(staff), id)
      const words = (key: string) => say.label(`consoleSettings.webhooks.${act}${key}`)
      const title = `${words('')}: ${new URL(endpoint.url).host}`
      return askSettingsPage(visit, {
        part: 'webhooks',
        title,
        what: words('What'),
        yes: words('Yes'),
        action: `${at}/${id}/${act}`,
        back: `${at}/${id}`,
      })
    })

  form(console, `${at}/:id/rotate`, { for: supervisors, params, confirmed: true }, async (tx, visit) => {
    const {
      staff,
      say,
      now,
      params: { id },
    } = visit
    const { secret } = await rotateSecret(tx, deps, { caller: callerOf(staff), id, now })
    const back = `${at}/${id}`
    const shown = secretPage(visit, {
      part: 'webhooks',
      title: say.label('consoleSettings.webhooks.made'),
      secret,
      back,
    })
    return { shown, to: back, done: 'secretShown' }
  })

  form(
    console,
    `${at}/:id/remove`,
    { for: supervisors, params, confirmed: true },
    async (tx, { staff, now, params: { id } }) => {
      await removeForCaller(tx, { caller: callerOf(staff), id, now })
      return { to: at, done: 'webhookRemoved' }
    },
  )
}
