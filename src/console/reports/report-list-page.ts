import { registerWords } from '#features/registers/register-words.ts'
import type { Period } from '#features/registers/periods.ts'
import { seesToReport } from '#features/reports/report-for-staff.ts'
import { html } from '#http/markup.ts'
import type { Page, Visit } from '../visit.ts'
import { reportPaths } from './paths.ts'

/** What the region's text demands of a centre: the report of a quarter, and its registers. */
export const reportListPage = (
  visit: Visit,
  { period, quarter }: { period: Period; quarter: string },
): Page => {
  const { say, deps, staff } = visit
  const { region } = deps
  const title = say.label('console.sections.reports')
  const report =
    seesToReport(staff, region) &&
    html`<section><h2>${say.label('quarterlyReport.bot.button')}</h2><p>${say.label('consoleReports.quarter.about')}</p>
<p><a class="next" href="${reportPaths.quarter(quarter)}">${say.label('quarterlyReport.bot.open')}</a></p></section>`
  const registers = region.registers.map((rule) => {
    const { name } = registerWords(say, region, rule)
    return html`<li class="row"><p><b>${name}</b><br><span class="why">${say.label(`consoleReports.rows.${rule.rows}`)}${rule.clause !== 'product' && ` · ${say.label('registers.clause', { clause: rule.clause })}`}</span></p>
<a class="next" href="${reportPaths.register(rule.code, period)}">${say.label('console.today.open')}</a></li>`
  })
  const body = html`<h1>${title}</h1>${report}
<section><h2>${say.label('consoleReports.registers')}</h2>${registers.length === 0 ? html`<p>${say.label('consoleReports.none')}</p>` : html`<ul class="rows">${registers}</ul>`}</section>`
  return { title, section: 'reports', body }
}
