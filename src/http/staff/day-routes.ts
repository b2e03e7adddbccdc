import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { addCentreDay, dropCentreDay } from '#features/deadlines/centre-days.ts'
import type { Caller } from '#features/staff/api-keys.ts'
import { centreDayKinds, centreDaysIn } from '#storage/deadlines/centre-days.ts'
import { isoDay } from '../iso-day.ts'
import { type Api, readRoute, writeRoute } from '../staff-route.ts'

const params = z.strictObject({ dayId: z.uuid() })
const fields = {
  day: isoDay.describe('In this year, or in one of the next two'),
  kind: z.enum(centreDayKinds).describe('A day off, or a Saturday, Sunday or day off that is worked'),
  act: z.string().trim().min(1).max(300).describe('The act that says so'),
}
const daySchema = z.strictObject({ id: z.uuid(), ...fields, day: z.iso.date() }).meta({ id: 'CentreDay' })
const known =
  'Requires a key for all territories. Terms that it moves are counted anew within minutes. Audited as `calendar.changed`.'

const mustReachAll = ({ territories }: Caller): void => {
  if (territories !== 'all') throw new DomainError('not-allowed')
}

/** The days that the centre adds to the calendar of its region. */
export const serveCentreDays = (api: Api): void => {
  readRoute(
    api,
    'GET /days-off',
    'staff:read',
    {
      operationId: 'listCentreDays',
      tag: 'Staff',
      summary: 'Lists the days off and working days that the centre has added to the calendar, by day',
      description: 'Beside the federal days off and those of the region, which the product has itself.',
      answer: z.strictObject({ items: z.array(daySchema) }).meta({ id: 'CentreDays' }),
    },
    async ({ deps }) => ({ body: { items: await centreDaysIn(deps.database) } }),
  )

  writeRoute(
    api,
    'POST /days-off',
    'staff:write',
    {
      operationId: 'addCentreDay',
      tag: 'Staff',
      summary: 'Adds a day off, or a day that is worked for one',
      description: `Fails with \`already-open\` if the calendar says so already. ${known}`,
      body: z.strictObject(fields),
      status: 201,
      answer: daySchema,
    },
    async (tx, { deps, caller, body, now }) => {
      mustReachAll(caller)
      const by = { apiKeyId: caller.keyId }
      return { body: await addCentreDay(tx, { ...body, by, now, region: deps.region }) }
    },
  )

  writeRoute(
    api,
    'DELETE /days-off/:dayId',
    'staff:write',
    {
      operationId: 'removeCentreDay',
      tag: 'Staff',
      summary: 'Takes back a day that the centre has added',
      description: known,
      params,
    },
    async (tx, { caller, params: { dayId }, now }) => {
      // One that is not there is not found, whoever asks.
      if (!(await centreDaysIn(tx)).some(({ id }) => id === dayId)) throw new DomainError('not-found')
      mustReachAll(caller)
      await dropCentreDay(tx, { id: dayId, by: { apiKeyId: caller.keyId }, now })
      return { body: undefined }
    },
  )
}
