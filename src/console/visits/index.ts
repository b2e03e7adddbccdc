import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { visitToGive } from '#features/families/give-family.ts'
import { readWarnings } from '#features/families/look-at-family.ts'
import { mayReachBy, reachFamily } from '#features/families/reach-family.ts'
import { isReadInBot } from '#features/families/read-in-bot.ts'
import { momentFacts, planningFacts } from '#features/visits/plan-for-staff.ts'
import { openVisitForStaff } from '#features/visits/visit-lists-for-staff.ts'
import { visitForStaff } from '#features/visits/visits-for-staff.ts'
import { findStaff, staffRoles } from '#storage/staff/staff.ts'
import { type Console, page } from '../routes.ts'
import type { Visit } from '../visit.ts'
import { cancelPage, giveVisitPage, movePage } from './change-pages.ts'
import { registerPlanning } from './planning.ts'
import { registerVisitForms } from './visit-forms.ts'
import { visitPage } from './visit-page.ts'
import { visitStanding } from './visit-standing.ts'
import { momentOf, whenQuery } from './when.ts'

const params = z.object({ id: z.uuid() })

/** Single visits, for whoever comes and whoever is in charge of the family. */
export const registerVisits = (console: Console): void => {
  registerPages(console)
  registerPlanning(console)
  registerVisitForms(console)
}

/** What stands above every change of a visit. Throws `not-found`. */
const openForChange = async (visit: Visit, visitId: string) => {
  const { deps, staff, now } = visit
  const found = await visitForStaff(deps.database, staff, visitId, now)
  const { family } = found
  return {
    ...found,
    safety: await readWarnings(deps, { familyId: family.id, staffId: staff.id, now }),
    read: await isReadInBot(deps.database, family.id, found.visit),
    standing: await deps.database.transaction((tx) => visitStanding(tx, visit, found.visit)),
  }
}

const registerPages = (console: Console): void => {
  const { deps } = console
  const { database, sealer } = deps

  page(
    console,
    '/console/visits/:id',
    { for: staffRoles, params, query: z.object({ reach: z.literal('1') }) },
    async (visit) => {
      const {
        staff,
        now,
        query,
        params: { id: visitId },
      } = visit
      const seen = await database.transaction((tx) => openVisitForStaff(tx, sealer, { staff, visitId, now }))
      const of = { staff, of: { visitId }, now }
      const mayReach = await mayReachBy(database, of)
      return visitPage(visit, {
        ...{ ...seen, mayReach },
        safety: await readWarnings(deps, { familyId: seen.family.id, staffId: staff.id, now }),
        comes: (await findStaff(database, seen.visit.staffId))?.name ?? '',
        standing: await database.transaction((tx) => visitStanding(tx, visit, seen.visit)),
        reach:
          mayReach && query.reach === '1'
            ? await database.transaction((tx) => reachFamily(tx, sealer, of))
            : null,
      })
    },
  )

  page(
    console,
    '/console/visits/:id/move',
    { for: staffRoles, params, query: z.object(whenQuery) },
    async (visit) => {
      const {
        staff,
        now,
        query,
        params: { id: visitId },
      } = visit
      const open = await openForChange(visit, visitId)
      const { visit: one, family, inCharge } = open
      if (!inCharge) throw new DomainError('not-found')
      const at = momentOf(visit, query)
      const planning = await planningFacts(database, deps, { staff, familyId: family.id, visit: one, now })
      const about = at && { family, staffId: one.staffId, startsAt: at, visit: one }
      const moment = about && { at: about.startsAt, facts: await momentFacts(database, deps, about) }
      return movePage(visit, { ...open, when: query, moment, offered: planning.offered })
    },
  )

  page(console, '/console/visits/:id/cancel', { for: staffRoles, params }, async (visit) =>
    cancelPage(visit, await openForChange(visit, visit.params.id)),
  )

  page(console, '/console/visits/:id/give', { for: ['supervisor'], params }, async (visit) => {
    const {
      staff,
      now,
      params: { id: visitId },
    } = visit
    const { takers } = await visitToGive(database, { staff, visitId, now })
    return giveVisitPage(visit, { ...(await openForChange(visit, visitId)), takers })
  })
}
