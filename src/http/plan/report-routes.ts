import { z } from 'zod'
import { activitiesReport } from '#features/plan/activity-report.ts'
import { helpKinds } from '#regions/schema.ts'
import { type Api, readRoute } from '../staff-route.ts'
import { territoryCode } from '../territories.ts'

const day = z.iso.date()
const count = z.int().min(0)

const reportSchema = z
  .strictObject({
    items: z.array(
      z.strictObject({
        territory: z.string(),
        kind: z.enum(helpKinds),
        planned: count,
        done: count,
        cancelled: count,
        denied: count.describe('Of which a family says that they did not take place, by a day of the period'),
      }),
    ),
  })
  .meta({ id: 'ActivitiesReport' })

export const serveReports = (api: Api): void =>
  readRoute(
    api,
    'GET /reports/activities',
    'reports:read',
    {
      operationId: 'countActivities',
      tag: 'Reports',
      summary: 'Activities of the plans in force in a period, by territory, kind of help and status',
      description:
        'An activity counts in every period that its days reach into. What there is none of is left out.',
      query: z
        .strictObject({ from: day, until: day, territory: territoryCode.optional() })
        .refine(({ from, until }) => from <= until, { path: ['until'], message: 'before the first day' }),
      answer: reportSchema,
    },
    async ({ deps, caller, query }) => {
      const items = await activitiesReport(deps.database, { caller, ...query })
      return { body: reportSchema.parse({ items }) }
    },
  )
