import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { dayOfMoment } from '#features/cases/case-record.ts'
import { lacksFinalDiagnosis, recordableEvents } from '#features/cases/events-for-staff.ts'
import { groundsOf } from '#features/cases/grounds.ts'
import { caseHistory } from '#features/cases/history-for-staff.ts'
import { mustBeActive } from '#features/families/active.ts'
import { isReadInBot } from '#features/families/read-in-bot.ts'
import { familyForVisitStaff } from '#features/visits/visits-for-staff.ts'
import { caseEventKinds } from '#regions/case-rules.ts'
import { endReasons } from '#storage/families/families.ts'
import type { Console } from '../routes.ts'
import type { Visit } from '../visit.ts'
import { closePage } from './close-page.ts'
import { eventPage, withdrawEventPage } from './event-pages.ts'
import { type FamilyOpen, withWarnings } from './family-frame.ts'
import { familyStanding, type RestingAct } from './family-standing.ts'
import { familyPageAt, type OfFamily } from './of-family.ts'
import { chargeRoles } from './roles.ts'
import { stagePage } from './stage-page.ts'

/** A family under support that the reader is in charge of. Throws `not-found`, `already-closed`. */
const inCharge = async (visit: Visit, { staff, familyId, now }: OfFamily) => {
  const family = await familyForVisitStaff(visit.deps.database, staff, familyId, now)
  mustBeActive(family)
  return withWarnings(visit, family)
}

const stands = (visit: Visit, { family }: FamilyOpen, act: RestingAct) =>
  visit.deps.database.transaction((tx) => familyStanding(tx, visit, family, act))

/** The pages behind the tabs of the case, each of which leads to one act. */
export const registerActPages = (console: Console): void => {
  const { deps } = console
  const { database, region } = deps

  familyPageAt(
    console,
    '/stage',
    { for: chargeRoles, query: z.object({ to: z.string().max(64) }) },
    async (visit, of) => {
      const open = await inCharge(visit, of)
      const here = region.stages.indexOf(open.family.stage)
      const to = region.stages.find((code, index) => index > here && code === visit.query.to) ?? null
      return stagePage(visit, open, {
        to,
        read: await isReadInBot(database, open.family.id),
        standing: await stands(visit, open, 'stage'),
      })
    },
  )

  familyPageAt(
    console,
    '/event',
    { for: chargeRoles, query: z.object({ kind: z.enum(caseEventKinds) }) },
    async (visit, of) => {
      const { now, query } = visit
      const open = await inCharge(visit, of)
      const kinds = await recordableEvents(database, region, open.family, now)
      const kind = kinds.find((one) => one === query.kind) ?? null
      const read = await isReadInBot(database, open.family.id)
      return eventPage(visit, open, { kinds, kind, read, today: dayOfMoment(region, now) })
    },
  )

  const ofEvent = z.object({ id: z.uuid(), event: z.string().regex(/^\d{1,18}$/) })
  familyPageAt(console, '/events/:event', { for: chargeRoles, params: ofEvent }, async (visit, of) => {
    const { event } = visit.params
    const open = await inCharge(visit, of)
    const { events } = await database.transaction((tx) => caseHistory(tx, deps, of))
    const found = events.find(({ id }) => String(id) === event)
    if (!found) throw new DomainError('not-found')
    return withdrawEventPage(visit, open, found)
  })

  familyPageAt(
    console,
    '/close',
    { for: chargeRoles, query: z.object({ reason: z.enum(endReasons) }) },
    async (visit, of) => {
      const open = await inCharge(visit, of)
      const reason = groundsOf(region).find(({ code }) => code === visit.query.reason)?.code ?? null
      const noFinal =
        reason !== null && (await lacksFinalDiagnosis(database, region, { familyId: of.familyId, reason }))
      return closePage(visit, open, {
        reason,
        noFinal,
        standing: await stands(visit, open, 'close'),
        read: await isReadInBot(database, of.familyId),
      })
    },
  )
}
