import { z } from 'zod'
import { activitiesReport } from '#features/plan/activity-report.ts'
import { helpKinds } from '#regions/schema.ts'
import { isoDay } from '../iso-day.ts'
import { type Api, readRoute } from '../staff-route.ts'
import { territoryCode } from '../territory-codes.ts'

const count = z.int().min(0).nullable()

const reportSchema = z
  .strictObject({
    items: z.array(
      z.strictObject({
        territory: z.string(),
        kind: z.enum(helpKinds),
        accounted: z
          .boolean()
          .describe(
            "Whether the region's regulation tells to account for this kind (Stavropol 6.24 names four of five)",
          ),
        planned: count,
        done: count,
        cancelled: count,
        denied: count.describe(
          'Activities that a family reported as not having taken place on a day of the period',
        ),
        hidden: z
          .array(z.string())
          .describe(
            'Figures that are null: too few families stand behind them, or they would tell such a figure',
          ),
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
      summary: 'Counts planned activities by territory, kind of help and status',
      description:
        'Covers plans in force. An activity counts in every period that overlaps its days. Empty groups are left out. A key without ' +
        '`families:read` and `plans:read` asks for a quarter of a year that is over, and sees no figure of fewer than five families.',
      query: z
        .strictObject({ from: isoDay, until: isoDay, territory: territoryCode.optional() })
        .refine(({ from, until }) => from <= until, {
          path: ['until'],
          message: 'must not be before `from`',
        }),
      answer: reportSchema,
    },
    async ({ deps, caller, query, now }) => {
      const asked = { caller, ...query, region: deps.region, now }
      const items = await activitiesReport(deps.database, asked)
      return { body: reportSchema.parse({ items }) }
    },
  )
