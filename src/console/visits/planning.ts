import { z } from 'zod'
import { isReadInBot } from '#features/families/read-in-bot.ts'
import { mustBeActive } from '#features/families/active.ts'
import { datesFrom, momentFacts, planningFacts, planVisitsForStaff } from '#features/visits/plan-for-staff.ts'
import { visitPurposes } from '#features/visits/visit-content.ts'
import { visitForStaff } from '#features/visits/visits-for-staff.ts'
import { withWarnings } from '../families/family-frame.ts'
import { chargeRoles } from '../families/roles.ts'
import { type Console, form, page } from '../routes.ts'
import type { Visit } from '../visit.ts'
import { planPage, seriesLength, type Wanted } from './plan-page.ts'
import { momentOf, whenQuery } from './when.ts'

const params = z.object({ id: z.uuid() })
/** `family`, or the id of the one minor who knows of it. */
const audience = z.union([z.literal('family'), z.uuid()])
const count = z.coerce.number().int().min(1).max(seriesLength)

const query = z.object({ ...whenQuery, purpose: z.enum(visitPurposes), count, audience, again: z.uuid() })
type Query = Partial<z.output<typeof query>>

/** New visits of a family. */
export const registerPlanning = (console: Console): void => {
  const { deps } = console
  const { database } = deps

  page(console, '/console/families/:id/visits/new', { for: chargeRoles, params, query }, async (visit) => {
    const {
      staff,
      now,
      query: given,
      params: { id: familyId },
    } = visit
    const { wanted, anchor } = await wantedOf(visit, given)
    const facts = await planningFacts(database, deps, { staff, familyId, now, ...(anchor && { anchor }) })
    const { family, visitor } = facts
    mustBeActive(family)
    const { at } = wanted
    const dates = at
      ? await datesFrom(database, deps, { family, startsAt: at, count: wanted.count, now })
      : []
    const moments = await Promise.all(
      dates.map(async (startsAt) => ({
        at: startsAt,
        facts: await momentFacts(database, deps, { family, staffId: visitor.id, startsAt, visit: null }),
      })),
    )
    const { audience: whom } = wanted
    const apart = whom !== null && whom !== 'family'
    const target = apart ? { audience: 'confidential' as const, memberIds: [whom] } : undefined
    const read = await isReadInBot(database, familyId, target)
    return planPage(visit, await withWarnings(visit, family), {
      ...{ ...facts, wanted, read },
      moments: at ? moments : null,
    })
  })

  const fields = z.object({
    at: z.iso.datetime(),
    ...{ purpose: z.enum(visitPurposes), count, audience: audience.optional() },
    place: z.string().trim().max(100),
  })
  form(
    console,
    '/console/families/:id/visits',
    { for: chargeRoles, params, fields },
    async (
      tx,
      { staff, now, params: { id: familyId }, fields: { at, place, audience: whom, ...wanted } },
    ) => {
      const apart = whom !== undefined && whom !== 'family'
      const planned = await planVisitsForStaff(tx, deps, {
        ...{ ...wanted, staff, familyId, now, startsAt: new Date(at) },
        place: place === '' ? null : place,
        audience: apart ? 'confidential' : whom === undefined ? undefined : 'family',
        memberIds: apart ? [whom] : [],
      })
      const [first] = planned
      if (planned.length > 1 || !first) return { to: `/console/families/${familyId}/visits`, done: 'planned' }
      return { to: `/console/visits/${first.id}`, done: 'planned' }
    },
  )
}

/** What was chosen so far; a visit that is repeated brings its purpose, and stays between the centre and a teenager. */
const wantedOf = async (visit: Visit, given: Query): Promise<{ wanted: Wanted; anchor: Date | null }> => {
  const { deps, staff, now } = visit
  const wanted = {
    at: momentOf(visit, given),
    purpose: given.purpose ?? 'regular',
    count: given.count ?? 1,
    audience: given.audience ?? null,
  } satisfies Wanted
  if (given.again === undefined) return { wanted, anchor: null }
  const { visit: before } = await visitForStaff(deps.database, staff, given.again, now)
  const [minor = null] = before.audience === 'confidential' ? before.memberIds : []
  const purpose = given.purpose ?? visitPurposes.find((one) => one === before.purpose) ?? 'regular'
  return { wanted: { ...wanted, purpose, audience: wanted.audience ?? minor }, anchor: before.startsAt }
}
