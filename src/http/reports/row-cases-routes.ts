import { z } from 'zod'
import { casesOfRow } from '#features/reports/quarter-report.ts'
import { addAuditOfFamilies } from '#storage/staff/audit.ts'
import { cursorFor, pageOf, pageQuery } from '../pages.ts'
import { type Api, readRoute } from '../staff-route.ts'
import { categoriesQuery, periodParams } from './report-schemas.ts'

const params = periodParams.extend({
  row: z.string().max(40).describe('A row: `form.1.4.1`; a share is made of two others and has none'),
})
const cursor = cursorFor('report-cases', z.strictObject({ number: z.int() }))

const caseSchema = z
  .strictObject({
    familyId: z.uuid(),
    number: z.int().describe('Number of the family'),
    territory: z.string(),
    count: z
      .int()
      .describe('How much of the figure: more than 1 where acceptances are counted and a family came back'),
  })
  .meta({ id: 'ReportCase' })

/** Every figure opens to the cases that it is made of. */
export const serveRowCases = (api: Api): void =>
  readRoute(
    api,
    'GET /reports/:period/rows/:row/cases',
    'families:details',
    {
      operationId: 'listReportCases',
      tag: 'Reports',
      summary: 'Lists the families that a figure of the quarterly report is made of',
      description:
        'As recorded now, in the territories of the key, by number. A row says something of each of them, so every family of the page is ' +
        'audited as `family.report`.',
      params,
      query: z.strictObject({ ...pageQuery, categories: categoriesQuery }),
      answer: pageOf(caseSchema).meta({ id: 'ReportCasePage' }),
      audited: true,
    },
    async ({ deps, caller, params: { period, row }, query: { limit, cursor: given, categories }, now }) => {
      const of = `${period} ${row} ${categories ?? ''}`
      const after = cursor.read(given, of)?.number ?? 0
      const asked = { period, row, choice: categories, territories: caller.territories }
      const all = (await casesOfRow(deps.database, deps, asked)).filter(({ number }) => number > after)
      const items = all.slice(0, limit)
      const ids = items.map(({ id }) => id)
      const entry = { at: now, action: 'family.report', apiKeyId: caller.keyId } as const
      await deps.database.transaction((tx) => addAuditOfFamilies(tx, ids, entry))
      const last = items.at(-1)
      return {
        body: {
          items: items.map(({ id, ...one }) => ({ familyId: id, ...one })),
          nextCursor: last && all.length > limit ? cursor.write({ number: last.number }, of) : null,
        },
      }
    },
  )
