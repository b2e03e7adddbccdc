import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { toPng } from '#core/png.ts'
import { reportPdf } from '#features/reports/export/report-pdf.ts'
import { reportPicture } from '#features/reports/export/report-picture.ts'
import { reportWorkbook } from '#features/reports/export/report-workbook.ts'
import { monthsOfReport } from '#features/reports/month-flow.ts'
import { frozen, mustBeOver, type QuarterReport, quarterReport } from '#features/reports/quarter-report.ts'
import { paperOf, type ReportSheet } from '#features/reports/report-paper.ts'
import type { Caller } from '#features/staff/api-keys.ts'
import { type Api, readRoute } from '../staff-route.ts'
import { categoriesQuery, mayOpen, periodParams, shownTo } from './report-schemas.ts'

const types = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pdf: 'application/pdf',
} as const

export const serveReportFiles = (api: Api): void => {
  readRoute(
    api,
    'GET /reports/:period/file',
    'reports:read',
    {
      operationId: 'getReportFile',
      tag: 'Reports',
      summary: 'Returns the quarterly report as a workbook or a PDF, laid out as its form',
      description:
        'The figures of `getReport`, with the same ones hidden, for the same keys. A draft says that it is one.',
      params: periodParams,
      query: z.strictObject({
        format: z.enum(['xlsx', 'pdf']).default('xlsx'),
        number: z.coerce
          .number()
          .int()
          .min(1)
          .optional()
          .describe('As handed in under this number; default: as recorded now'),
        categories: categoriesQuery,
      }),
      media: Object.values(types),
      localized: true,
    },
    async ({ deps, caller, params: { period }, query: { format, number, categories }, say, now }) => {
      mustBeOver(deps.region, { period, opens: mayOpen(caller), now })
      const asked = { period, choice: categories, territories: caller.territories }
      const report = await quarterReport(deps.database, deps, asked)
      const sheet = sheetOf(caller, report, number)
      const paper = paperOf(sheet, { say, region: deps.region, organisation: deps.organisation().name })
      const madeAt = sheet.handedIn?.at ?? now
      const content =
        format === 'pdf' ? await reportPdf(paper, { say, madeAt }) : await reportWorkbook(paper, say)
      return { body: undefined, file: { type: types[format], content } }
    },
  )

  readRoute(
    api,
    'GET /reports/:period/picture',
    'reports:read',
    {
      operationId: 'getReportPicture',
      tag: 'Reports',
      summary: 'Draws how many families there were, came and left in each month of a year',
      description:
        'Up to the end of the quarter, as SVG without scripts or styles, or as PNG. For a key without `families:details` a quarter has no ' +
        'months if few came or left in one of them, and it has to be over.',
      params: periodParams,
      query: z.strictObject({ format: z.enum(['svg', 'png']).default('svg') }),
      media: ['image/svg+xml', 'image/png'],
      localized: true,
    },
    async ({ deps, caller, params: { period }, query: { format }, say, now }) => {
      const opens = mayOpen(caller)
      mustBeOver(deps.region, { period, opens, now })
      const asked = { period, territories: caller.territories, opens }
      const months = await monthsOfReport(deps.database, deps, asked)
      const title = say.label('quarterlyReport.picture.title')
      const svg = await reportPicture(months, { say, title })
      const file =
        format === 'png'
          ? { type: 'image/png', content: await toPng(svg) }
          : { type: 'image/svg+xml', content: svg }
      return { body: undefined, file }
    },
  )
}

/** What was handed in under a number, or what is recorded now. Throws `not-found`. */
const sheetOf = (caller: Caller, report: QuarterReport, number: number | undefined): ReportSheet => {
  const { form, quarter, choice, figures, identities } = report
  if (number === undefined) {
    const faults = identities.filter(({ holds }) => !holds).map(({ identity }) => identity.code)
    const shown = shownTo(caller, report, { figures, choice })
    return { form, quarter, choice, figures: shown, faults, handedIn: null }
  }
  const handed = report.handedIn.find((one) => one.number === number)
  if (!handed) throw new DomainError('not-found')
  const { categories, faults, at } = handed
  const shown = shownTo(caller, report, { figures: frozen(handed), choice: categories })
  return { form, quarter, choice: categories, figures: shown, faults, handedIn: { number, at } }
}
