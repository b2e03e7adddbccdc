import { z } from 'zod'
import { safetyForCaller } from '#features/families/families-api.ts'
import { changeVisitForCaller, visitForCaller, visitsForCaller } from '#features/visits/visits-api.ts'
import { cancelVisit, closeVisit, describeVisit, moveVisit } from '#features/visits/visit-transitions.ts'
import { safetySchema, toSafetyFact } from '#http/families/family-schemas.ts'
import { visitStatuses } from '#storage/visits/visits.ts'
import { instant } from '../instant.ts'
import { cursorFor, pageOf, pageQuery, updatedSinceQuery } from '../pages.ts'
import { repeatable } from '../query-params.ts'
import { type Api, readRoute, writeRoute } from '../staff-route.ts'
import { freeText } from '../free-text.ts'
import { listedVisitSchema, toListedVisit, toVisitShape, visitSchema } from './visit-schemas.ts'
import { mustReachVisitor, placeAndNote, visitMinutes } from './visit-planning-routes.ts'

const ofFamily = z.strictObject({ id: z.uuid() })
const params = z.strictObject({ id: z.uuid(), visitId: z.uuid() })
const cursor = cursorFor('visits', z.strictObject({ startsAt: instant, id: z.uuid() }))
const audited = 'Place, note and texts are personal: the call is audited as `family.visits`.'

export const serveVisits = (api: Api): void => {
  readRoute(
    api,
    'GET /families/:id/visits',
    'visits:read',
    {
      operationId: 'listVisits',
      tag: 'Visits',
      summary: "Lists a family's visits, earliest first",
      description:
        'Does not include place, note and texts, which `getVisit` returns. If there are safety facts, the call is audited as `family.safety`.',
      params: ofFamily,
      query: z.strictObject({
        ...pageQuery,
        ...updatedSinceQuery,
        since: instant.optional().describe('Visits that start at or after this time'),
        until: instant.optional().describe('Visits that start before this time'),
        status: repeatable(z.enum(visitStatuses), visitStatuses.length)
          .optional()
          .describe('Matches any of the given values'),
      }),
      answer: pageOf(listedVisitSchema).extend({ safety: safetySchema }).meta({ id: 'VisitPage' }),
      audited: true,
    },
    async ({
      deps,
      caller,
      params: { id },
      query: { limit, status: statuses, since, until, updatedSince, ...query },
      now,
    }) => {
      const after = cursor.read(query.cursor, id)
      const filter = { since, until, statuses, updatedSince }
      return deps.database.transaction(async (tx) => {
        const { items, next } = await visitsForCaller(tx, { caller, id }, filter, { after, limit })
        const safety = await safetyForCaller(tx, deps.sealer, { caller, id, now })
        const nextCursor = next && cursor.write({ startsAt: next.startsAt, id: next.id }, id)
        return {
          body: {
            items: items.map((one) => toListedVisit(deps.region, one)),
            nextCursor,
            safety: safety.map(toSafetyFact),
          },
        }
      })
    },
  )

  readRoute(
    api,
    'GET /families/:id/visits/:visitId',
    'visits:read',
    {
      operationId: 'getVisit',
      tag: 'Visits',
      summary: "Returns a visit with the family's answers",
      description: audited,
      params,
      answer: visitSchema,
      responseHeaders: ['etag'],
      audited: true,
    },
    async ({ deps, caller, params: of, now }) =>
      toVisitShape(
        deps,
        await deps.database.transaction((tx) => visitForCaller(tx, deps.sealer, { caller, ...of, now })),
      ),
  )

  writeRoute(
    api,
    'PATCH /families/:id/visits/:visitId',
    'visits:write',
    {
      operationId: 'changeVisit',
      tag: 'Visits',
      summary: 'Changes the time, staff member, place or note of a visit',
      description: `A new time or staff member creates a new version with a new door code and notifies the family. ${audited}`,
      params,
      body: z.strictObject({
        startsAt: instant.optional(),
        minutes: visitMinutes.optional(),
        staffId: z
          .uuid()
          .optional()
          .describe('Id of an active staff member who serves a territory of the key'),
        place: placeAndNote.place,
        note: placeAndNote.note,
      }),
      answer: visitSchema,
      ifMatch: 'required',
      responseHeaders: ['etag'],
    },
    async (tx, { deps, caller, params: of, body: { place, note, ...to }, revision, now }) => {
      if (to.staffId !== undefined) await mustReachVisitor(tx, caller, to.staffId)
      const content = { ...(place !== undefined && { place }), ...(note !== undefined && { note }) }
      const shown = await changeVisitForCaller(
        tx,
        deps.sealer,
        { caller, ...of, revision, now },
        async (given) => {
          const moved = await moveVisit(tx, deps, { ...given, to: withoutGaps(to) })
          if (Object.keys(content).length === 0) return moved
          return describeVisit(tx, deps, { visit: moved, content, now })
        },
      )
      return toVisitShape(deps, shown)
    },
  )

  writeRoute(
    api,
    'POST /families/:id/visits/:visitId/cancel',
    'visits:write',
    {
      operationId: 'cancelVisit',
      tag: 'Visits',
      summary: 'Cancels a visit and notifies the family',
      description: audited,
      params,
      body: z.strictObject({
        reason: freeText(500).optional().describe("Shown on the family's card only"),
      }),
      answer: visitSchema,
      ifMatch: 'optional',
      responseHeaders: ['etag'],
    },
    async (tx, { deps, caller, params: of, body: { reason }, revision, now }) =>
      toVisitShape(
        deps,
        await changeVisitForCaller(tx, deps.sealer, { caller, ...of, revision, now }, (given) =>
          cancelVisit(tx, deps, { ...given, reason }),
        ),
      ),
  )

  writeRoute(
    api,
    'POST /families/:id/visits/:visitId/outcome',
    'visits:write',
    {
      operationId: 'closeVisit',
      tag: 'Visits',
      summary: 'Records whether a visit took place',
      description: `Fails with \`not-allowed\` before the visit starts. Call again to correct the outcome. ${audited}`,
      params,
      body: z.strictObject({ status: z.enum(['done', 'missed']) }),
      answer: visitSchema,
      ifMatch: 'optional',
      responseHeaders: ['etag'],
    },
    async (tx, { deps, caller, params: of, body: { status }, revision, now }) =>
      toVisitShape(
        deps,
        await changeVisitForCaller(tx, deps.sealer, { caller, ...of, revision, now }, (given) =>
          closeVisit(tx, deps, { ...given, outcome: status }),
        ),
      ),
  )
}

/** Drops absent fields, which stay unchanged. */
const withoutGaps = ({
  startsAt,
  minutes,
  staffId,
}: {
  startsAt?: Date | undefined
  minutes?: number | undefined
  staffId?: string | undefined
}) => ({
  ...(startsAt && { startsAt }),
  ...(minutes !== undefined && { minutes }),
  ...(staffId !== undefined && { staffId }),
})
