import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { correctReport, handIn } from '#features/reports/hand-in.ts'
import { mustBeOver, type QuarterReport, quarterReport } from '#features/reports/quarter-report.ts'
import { categoryChoices } from '#regions/reports/report-form.ts'
import type { ApiDeps } from '../api-deps.ts'
import { freeText } from '../free-text.ts'
import { type Api, readRoute, writeRoute } from '../staff-route.ts'
import {
  categoriesQuery,
  handedInSchema,
  mayOpen,
  periodParams,
  reportSchema,
  toHandedIn,
  toReport,
} from './report-schemas.ts'

const handing = {
  categories: z.enum(categoryChoices).optional().describe('Default: as reported last, at first `all`'),
  acceptFaults: z
    .boolean()
    .default(false)
    .describe('Whoever hands it in has seen which `identities` do not hold'),
}

export const serveQuarterReports = (api: Api): void => {
  readRoute(
    api,
    'GET /reports/:period',
    'reports:read',
    {
      operationId: 'getReport',
      tag: 'Reports',
      summary: 'Counts the quarterly report of the region’s text, and shows what was handed in',
      description:
        'Novgorod has one: annex 2 of the order and the indicators; elsewhere 404. Acceptances are counted in `form.1.1`–`1.3`, `1.7` and ' +
        '`1.8`, different families in all other rows. A key limited to territories gets the figures of these; one without ' +
        '`families:details` gets no figure below five, nor any that reveals one, and only of a quarter that is over.',
      params: periodParams,
      query: z.strictObject({ categories: categoriesQuery }),
      answer: reportSchema,
      localized: true,
    },
    async ({ deps, caller, params: { period }, query, say, now }) => {
      mustBeOver(deps.region, { period, opens: mayOpen(caller), now })
      const asked = { period, choice: query.categories, territories: caller.territories }
      return { body: toReport(await quarterReport(deps.database, deps, asked), { deps, caller, say }) }
    },
  )

  writeRoute(
    api,
    'POST /reports/:period/hand-in',
    'reports:write',
    {
      operationId: 'handInReport',
      tag: 'Reports',
      summary: 'Freezes the report of a quarter as it is handed in',
      description:
        'From the day on which it is due. What is recorded afterwards changes nothing in it: see `correctReport`. 409 `report-faults` if its ' +
        'figures do not agree; `not-allowed` for a key limited to territories. Audited as `report.handed-in`.',
      params: periodParams,
      body: z.strictObject(handing),
      status: 201,
      answer: handedInSchema,
      localized: true,
      prepare: ({ deps, caller, params, body }) => wholeReport(deps, caller, params.period, body.categories),
    },
    async (tx, { deps, caller, body: { acceptFaults }, say, now }, report) => {
      const by = { apiKeyId: caller.keyId }
      const handed = await handIn(tx, deps, { report, acceptFaults, by, now })
      return { body: toHandedIn(handed, report, { deps, caller, say }) }
    },
  )

  writeRoute(
    api,
    'POST /reports/:period/corrections',
    'reports:write',
    {
      operationId: 'correctReport',
      tag: 'Reports',
      summary: 'Freezes what has changed since the report was handed in, under the next number',
      description: 'Nothing that was handed in before changes. Audited as `report.corrected`.',
      params: periodParams,
      body: z.strictObject({ ...handing, reason: freeText(500).describe('Stored encrypted') }),
      status: 201,
      answer: handedInSchema,
      localized: true,
      prepare: ({ deps, caller, params, body }) => wholeReport(deps, caller, params.period, body.categories),
    },
    async (tx, { deps, caller, body: { acceptFaults, reason }, say, now }, report) => {
      const by = { apiKeyId: caller.keyId }
      const handed = await correctReport(tx, deps, { report, acceptFaults, reason, by, now })
      return { body: toHandedIn(handed, report, { deps, caller, say }) }
    },
  )
}

/** The centre's report; counted before the transaction, which would be held open by it. Throws `not-found`, `not-allowed`. */
const wholeReport = async (
  deps: ApiDeps,
  { territories }: { territories: readonly string[] | 'all' },
  period: string,
  choice: 'all' | 'main' | undefined,
): Promise<QuarterReport> => {
  const report = await quarterReport(deps.database, deps, { period, choice, territories })
  if (territories !== 'all') throw new DomainError('not-allowed')
  return report
}
