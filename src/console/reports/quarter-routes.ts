import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { cleanText } from '#core/words.ts'
import { reportPdf } from '#features/reports/export/report-pdf.ts'
import { reportWorkbook } from '#features/reports/export/report-workbook.ts'
import { correctByStaff, handInByStaff, reportForStaff } from '#features/reports/report-for-staff.ts'
import { figureWords, paperOf, quarterWords, rowWords } from '#features/reports/report-paper.ts'
import { casesForStaff } from '#features/reports/row-cases-for-staff.ts'
import { html } from '#http/markup.ts'
import { categoryChoices } from '#regions/reports/report-form.ts'
import { pagerOf } from '../pager.ts'
import { type Console, download, form, page } from '../routes.ts'
import type { Visit } from '../visit.ts'
import { familyRows } from './family-rows.ts'
import { reportPaths } from './paths.ts'
import { handInPage, quarterPage } from './quarter-page.ts'

const supervisors = ['supervisor'] as const
const params = z.object({ period: z.string().max(10) })
const choice = z.enum(categoryChoices)
const query = z.object({ choice })
const casesShown = 50
const types = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pdf: 'application/pdf',
} as const

/** The report of a quarter: read, opened, handed in, corrected, taken along. */
export const registerQuarterReport = (console: Console): void => {
  const { deps } = console
  const path = '/console/reports/quarter/:period' as const

  const reportOf = (
    visit: Visit & { params: z.output<typeof params>; query: { choice?: z.output<typeof choice> } },
  ) => reportForStaff(deps, { ...visit, period: visit.params.period, choice: visit.query.choice })

  page(console, path, { for: supervisors, params, query }, (visit) =>
    reportOf(visit).then((found) => quarterPage(visit, found)),
  )

  page(console, `${path}/hand-in`, { for: supervisors, params, query }, async (visit) => {
    const found = await reportOf(visit)
    const corrects = (found.changed?.rows.length ?? 0) > 0
    return found.mayHandIn || corrects ? handInPage(visit, found) : quarterPage(visit, found)
  })

  page(
    console,
    `${path}/rows/:row`,
    {
      for: supervisors,
      params: params.extend({ row: z.string().max(40) }),
      query: query.extend({ page: z.coerce.number().int().min(1).max(1000) }),
    },
    async (visit) => {
      const { say, params, query } = visit
      const page = (query.page ?? 1) - 1
      const asked = { ...visit, ...params, choice: query.choice, page, size: casesShown }
      const { found, cases, total } = await casesForStaff(deps, asked)
      const { quarter, figures } = found.report
      const title = rowWords(say, deps.region.code, params.row)
      const body = html`<h1>${title}</h1>
<p><b>${figureWords(say, figures.get(params.row) ?? null)}</b> · ${quarterWords(say, quarter)} · <a href="${reportPaths.quarter(quarter.code, found.report.choice)}">${say.label('consoleReports.back')}</a></p>
<section>${familyRows(visit, cases)}</section>${pagerOf(visit, { page, pages: Math.ceil(total / casesShown) })}
<p class="note">${say.label('consoleReports.audited')}</p>`
      return { title, section: 'reports', body }
    },
  )

  const seen = z.object({ seen: z.string().max(16), choice })
  /** The report as it was shown; null: its figures have changed since. */
  const asSeen = async (
    visit: Visit & { params: z.output<typeof params>; fields: z.output<typeof seen> },
  ) => {
    const found = await reportForStaff(deps, {
      ...visit,
      period: visit.params.period,
      choice: visit.fields.choice,
    })
    return found.seen === visit.fields.seen ? found : null
  }

  form(
    console,
    `${path}/hand-in`,
    { for: supervisors, params, fields: seen, prepare: asSeen },
    async (tx, visit, found) => {
      const { staff, now, params, fields } = visit
      if (!found) return { to: reportPaths.handIn(params.period, fields.choice), done: 'reportMoved' }
      await handInByStaff(tx, deps, { found, staff, now })
      const done = found.part && !found.part.whole ? 'reportPart' : 'reportHandedIn'
      return { to: reportPaths.quarter(params.period, fields.choice), done }
    },
  )

  form(
    console,
    `${path}/correct`,
    {
      for: supervisors,
      params,
      fields: seen.extend({ reason: z.string().overwrite(cleanText).min(1).max(500) }),
      prepare: asSeen,
    },
    async (tx, visit, found) => {
      const { staff, now, params, fields } = visit
      if (!found) return { to: reportPaths.handIn(params.period, fields.choice), done: 'reportMoved' }
      await correctByStaff(tx, deps, { found, staff, reason: fields.reason, now })
      return { to: reportPaths.quarter(params.period, fields.choice), done: 'reportCorrected' }
    },
  )

  download(
    console,
    `${path}/file/:kind`,
    { for: supervisors, params: params.extend({ kind: z.enum(['xlsx', 'pdf']) }), query, confirmed: true },
    async (visit) => {
      const { say, now, params } = visit
      const { report, part } = await reportOf(visit)
      // On paper a part would look like the report.
      if (part) throw new DomainError('not-allowed')
      const { identities, ...sheet } = report
      const faults = identities.filter(({ holds }) => !holds).map(({ identity }) => identity.code)
      const paper = paperOf(
        { ...sheet, faults, handedIn: null },
        { say, region: deps.region, organisation: deps.organisation().name },
      )
      const content =
        params.kind === 'pdf'
          ? await reportPdf(paper, { say, madeAt: now })
          : await reportWorkbook(paper, say)
      const name = say.label('consoleReports.files.name', { period: report.quarter.code })
      return { name: `${name}.${params.kind}`, type: types[params.kind], content }
    },
  )
}
