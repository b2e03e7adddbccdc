import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import {
  auditFamily,
  familyForCaller,
  lockFamilyForCaller,
  safetyForCaller,
} from '#features/families/families-api.ts'
import { audienceMeaning, audiences } from '#features/families/audience.ts'
import type { Caller } from '#features/staff/api-keys.ts'
import { mustReachMember } from '#features/requests/request-steps-api.ts'
import { visitPurposes } from '#features/visits/visit-content.ts'
import { suggestVisitDates, planVisits, showVisits, type WantedVisit } from '#features/visits/visits-api.ts'
import type { Tx } from '#storage/database.ts'
import { instant } from '../instant.ts'
import { HttpProblem } from '../problems.ts'
import { type Api, readRoute, writeRoute } from '../staff-route.ts'
import { freeText } from '../free-text.ts'
import { acknowledgementSchema, levelSchema } from '#http/families/family-schemas.ts'
import { toVisitShape, visitSchema } from './visit-schemas.ts'

const params = z.strictObject({ id: z.uuid() })
export const visitMinutes = z.int().min(15).max(480).describe('Duration in minutes')
const mostDates = 60

export const placeAndNote = {
  place: freeText(300).nullable().optional().describe("Place; null: the family's home"),
  note: freeText(1000).nullable().optional().describe('Note for the family, such as what to prepare'),
}

const wanted = {
  minutes: visitMinutes.default(60),
  purpose: z.enum(visitPurposes),
  ...placeAndNote,
  audience: z
    .enum(audiences)
    .optional()
    .describe(
      `${audienceMeaning}. Default: \`confidential\` for named minors who said that contact through the parents is unsafe, ` +
        '`minors` for other named minors, otherwise `family`; without names it is required if the family has such a minor',
    ),
  memberIds: z
    .array(z.uuid())
    .max(50)
    .optional()
    .describe('With `minors`: limits the audience to these members. Required with `confidential`'),
  acknowledgement: acknowledgementSchema.optional(),
  staffId: z.uuid().optional().describe("The visiting staff member; default: the family's curator"),
}
const wantedSchema = z.strictObject(wanted)

const toWanted = (body: z.output<typeof wantedSchema>): WantedVisit => ({
  minutes: body.minutes,
  purpose: body.purpose,
  content: { place: body.place ?? null, note: body.note ?? null },
  audience: body.audience,
  memberIds: [...new Set(body.memberIds)],
  reason: body.acknowledgement?.reason,
  staffId: body.staffId,
})

/** Throws `invalid-input` for a member who is not eligible within the key's territories. */
export const mustReachVisitor = async (tx: Tx, caller: Caller, staffId: string): Promise<void> => {
  try {
    await mustReachMember(tx, caller, staffId)
  } catch (cause) {
    if (!(cause instanceof DomainError) || cause.code !== 'not-eligible') throw cause
    throw new DomainError('invalid-input', { field: 'staffId', cause })
  }
}

export const servePlannedVisits = (api: Api): void => {
  writeRoute(
    api,
    'POST /families/:id/visits',
    'visits:write',
    {
      operationId: 'createVisit',
      tag: 'Visits',
      summary: 'Plans a visit and notifies the family',
      description:
        'Only the family and the visiting staff member see the door code, in the bot. A visit for `minors` who said that contact ' +
        'through the parents is unsafe needs an `acknowledgement`: adults of the family see it.',
      params,
      body: z.strictObject({ startsAt: instant, ...wanted }),
      status: 201,
      answer: visitSchema,
      responseHeaders: ['etag', 'location'],
    },
    async (tx, { deps, caller, params: { id }, body, now }) => {
      const family = await lockFamilyForCaller(tx, { caller, id })
      if (body.staffId !== undefined) await mustReachVisitor(tx, caller, body.staffId)
      const visit = toWanted(body)
      const planned = await planVisits(tx, deps, {
        family,
        visit,
        dates: [body.startsAt],
        series: false,
        by: { apiKeyId: caller.keyId },
        now,
      })
      const [shown] = await showVisits(tx, caller, planned)
      if (!shown) throw new DomainError('not-found')
      await auditFamily(tx, { caller, id, now }, 'family.visits')
      const location = `/api/v1/families/${id}/visits/${shown.visit.id}`
      const safety = await safetyForCaller(tx, deps.sealer, { caller, id, now })
      return { ...toVisitShape(deps, { ...shown, safety }), location }
    },
  )

  writeRoute(
    api,
    'POST /families/:id/visit-series',
    'visits:write',
    {
      operationId: 'createVisitSeries',
      tag: 'Visits',
      summary: 'Plans visits on several dates, all or none',
      description: 'Notifies the family of the first visit; the list in the bot shows all of them.',
      params,
      body: z.strictObject({
        dates: z
          .array(instant)
          .min(1)
          .max(mostDates)
          .refine((all) => new Set(all.map(Number)).size === all.length, 'must not contain duplicates'),
        ...wanted,
      }),
      status: 201,
      answer: z.strictObject({ seriesId: z.uuid(), items: z.array(visitSchema) }).meta({ id: 'VisitSeries' }),
    },
    async (tx, { deps, caller, params: { id }, body: { dates, ...body }, now }) => {
      const family = await lockFamilyForCaller(tx, { caller, id })
      if (body.staffId !== undefined) await mustReachVisitor(tx, caller, body.staffId)
      const planned = await planVisits(tx, deps, {
        ...{ family, visit: toWanted(body), dates, series: true, now },
        by: { apiKeyId: caller.keyId },
      })
      const shown = await showVisits(tx, caller, planned)
      await auditFamily(tx, { caller, id, now }, 'family.visits')
      const seriesId = planned[0]?.seriesId
      if (!seriesId) throw new DomainError('not-found')
      const safety = await safetyForCaller(tx, deps.sealer, { caller, id, now })
      const items = shown.map((one) => toVisitShape(deps, { ...one, safety }).body)
      return { body: { seriesId, items } }
    },
  )

  readRoute(
    api,
    'GET /families/:id/visit-dates',
    'visits:read',
    {
      operationId: 'suggestVisitDates',
      tag: 'Visits',
      summary: "Suggests dates for a series of visits, based on the family's level",
      description:
        'Keeps the weekday and time of `anchor` in the time zone of the region, and avoids days off.',
      params,
      query: z.strictObject({
        count: z
          .preprocess(
            (given) => (typeof given === 'string' && /^\d{1,3}$/.test(given) ? Number(given) : given),
            z.int().min(1).max(mostDates),
          )
          .default(8),
        anchor: instant.optional().describe('Determines the weekday and time; default: the last visit'),
        level: levelSchema.optional().describe("Default: the family's level"),
      }),
      answer: z
        .strictObject({
          level: levelSchema,
          cadence: z.strictObject({
            atLeast: z.int(),
            atMost: z.int(),
            per: z.enum(['week', 'month']),
            clause: z
              .string()
              .nullable()
              .describe(
                "Clause of the region's regulation; null: a default, because the regulation is silent",
              ),
          }),
          dates: z.array(z.iso.datetime()).describe('In ascending order'),
        })
        .meta({ id: 'VisitDates' }),
    },
    async ({ deps, caller, params: { id }, query: { count, anchor, level }, now }) => {
      const family = await familyForCaller(deps.database, { caller, id })
      const given = { ...(anchor && { anchor }), ...(level && { level }), count, now }
      const found = await suggestVisitDates(deps.database, deps, family, given)
      if (!found)
        throw new HttpProblem('invalid-input', [
          { parameter: 'level', detail: 'is required, because the family has none yet' },
        ])
      const { value, source } = found.cadence
      const clause = source === 'default' ? null : source.clause
      const dates = found.dates.map((date) => date.toISOString())
      return { body: { level: found.level, cadence: { ...value, clause }, dates } }
    },
  )
}
