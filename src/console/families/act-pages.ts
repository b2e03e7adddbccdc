import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { dayOfMoment } from '#features/cases/case-record.ts'
import { lacksFinalDiagnosis, recordableEvents } from '#features/cases/events-for-staff.ts'
import { groundsOf } from '#features/cases/grounds.ts'
import { caseHistory } from '#features/cases/history-for-staff.ts'
import { mustBeActive } from '#features/families/active.ts'
import { isReadInBot } from '#features/families/read-in-bot.ts'
import { signsForStaff } from '#features/levels/level-for-staff.ts'
import { familyForVisitStaff } from '#features/visits/visits-for-staff.ts'
import { caseEventKinds } from '#regions/case-rules.ts'
import { endReasons } from '#storage/families/families.ts'
import { chargeRoles } from './roles.ts'
import { type Console, page } from '../routes.ts'
import type { Visit } from '../visit.ts'
import { closePage } from './close-page.ts'
import { eventPage, withdrawEventPage } from './event-pages.ts'
import { withWarnings } from './family-frame.ts'
import { levelPage } from './level-page.ts'
import { stagePage } from './stage-page.ts'

const params = z.object({ id: z.uuid() })

/** A family under support that the reader is in charge of. Throws `not-found`, `already-closed`. */
const inCharge = async (visit: Visit, familyId: string) => {
  const { deps, staff, now } = visit
  const family = await familyForVisitStaff(deps.database, staff, familyId, now)
  mustBeActive(family)
  return withWarnings(visit, family)
}

/** The pages behind the tabs of the case, each of which leads to one act. */
export const registerActPages = (console: Console): void => {
  const { deps } = console
  const { database, region } = deps

  page(
    console,
    '/console/families/:id/stage',
    { for: chargeRoles, params, query: z.object({ to: z.string().max(64) }) },
    async (visit) => {
      const open = await inCharge(visit, visit.params.id)
      const here = region.stages.indexOf(open.family.stage)
      const to = region.stages.find((code, index) => index > here && code === visit.query.to) ?? null
      return stagePage(visit, open, { to, read: await isReadInBot(database, open.family.id) })
    },
  )

  page(
    console,
    '/console/families/:id/event',
    { for: chargeRoles, params, query: z.object({ kind: z.enum(caseEventKinds) }) },
    async (visit) => {
      const { now, query } = visit
      const open = await inCharge(visit, visit.params.id)
      const kinds = await recordableEvents(database, region, open.family, now)
      const kind = kinds.find((one) => one === query.kind) ?? null
      const read = await isReadInBot(database, open.family.id)
      return eventPage(visit, open, { kinds, kind, read, today: dayOfMoment(region, now) })
    },
  )

  const ofEvent = z.object({ id: z.uuid(), event: z.string().regex(/^\d{1,18}$/) })
  page(
    console,
    '/console/families/:id/events/:event',
    { for: chargeRoles, params: ofEvent },
    async (visit) => {
      const {
        staff,
        now,
        params: { id: familyId, event },
      } = visit
      const open = await inCharge(visit, familyId)
      const { events } = await database.transaction((tx) => caseHistory(tx, deps, { staff, familyId, now }))
      const found = events.find(({ id }) => String(id) === event)
      if (!found) throw new DomainError('not-found')
      return withdrawEventPage(visit, open, found)
    },
  )

  page(console, '/console/families/:id/level', { for: chargeRoles, params }, async (visit) => {
    const {
      staff,
      now,
      params: { id: familyId },
    } = visit
    const open = await inCharge(visit, familyId)
    const { ticked } = await database.transaction((tx) => signsForStaff(tx, deps, { staff, familyId, now }))
    return levelPage(visit, open, { ticked })
  })

  page(
    console,
    '/console/families/:id/close',
    { for: chargeRoles, params, query: z.object({ reason: z.enum(endReasons) }) },
    async (visit) => {
      const {
        params: { id: familyId },
      } = visit
      const open = await inCharge(visit, familyId)
      const reason = groundsOf(region).find(({ code }) => code === visit.query.reason)?.code ?? null
      const noFinal = reason !== null && (await lacksFinalDiagnosis(database, region, { familyId, reason }))
      return closePage(visit, open, { reason, noFinal, read: await isReadInBot(database, familyId) })
    },
  )
}
