import { formatBirthDate } from '#core/dates.ts'
import type { Register, RegisterRow, Value } from '#features/registers/register.ts'
import { registerWords } from '#features/registers/register-words.ts'
import { html, type Markup } from '#http/markup.ts'
import type { RegisterRule } from '#regions/registers/register.ts'
import { pagerOf } from '../pager.ts'
import { tableOf } from '../table-markup.ts'
import type { Page, Visit } from '../visit.ts'
import { reportPaths } from './paths.ts'

/** So many rows on a page; the files have all. */
const rowsShown = 40
const isDay = /^\d{4}-\d\d-\d\d$/

/** A register for a period: rows of families, or figures that open to them. */
export const registerPage = (
  visit: Visit,
  { rule, register, page }: { rule: RegisterRule; register: Register; page: number },
): Page => {
  const { say, deps } = visit
  const words = registerWords(say, deps.region, rule)
  const { rows, columns, complete } = register
  const title = words.name
  const named = rule.rows !== 'cases'
  const shown = rows.slice(page * rowsShown, (page + 1) * rowsShown)
  const first = named ? [say.label(`registers.rows.${rule.rows}`)] : []
  const heads = [...first, ...columns.map((column) => words.column(column))]
  const row = (one: RegisterRow) => [
    ...(named ? [words.row(one.code)] : []),
    ...columns.map((column) => cellOf(visit, { rule, register, row: one, column, words })),
  ]
  const table = tableOf({ heads, rows: shown.map(row), named, broad: !named })
  const files = (['xlsx', 'pdf'] as const).map(
    (kind) =>
      html`<a class="next" href="${reportPaths.registerFile(rule.code, kind, register)}" download>${say.label(`consoleReports.files.${kind}`)}</a>`,
  )
  const body = html`<h1>${title}</h1>
${periodForm(visit, rule, register)}
<section>${!complete && html`<p class="note">${say.label('consoleReports.running')}</p>`}${rows.length === 0 ? html`<p>${say.label('consoleReports.noRows')}</p>` : table}
${pagerOf(visit, { page, pages: Math.ceil(rows.length / rowsShown) })}
<div class="actions">${files}</div><p class="note">${say.label('consoleReports.audited')}</p></section>`
  return { title, section: 'reports', body }
}

/** The period is a link: days say nothing of anybody. */
const periodForm = ({ say }: Visit, { code }: RegisterRule, { from, until }: Register): Markup =>
  html`<form class="filter" method="get" action="/console/reports/registers/${code}"><div class="fields">
<label>${say.label('consoleReports.from')}<input type="date" name="from" value="${from}" required></label>
<label>${say.label('consoleReports.until')}<input type="date" name="until" value="${until}" required></label></div>
<button>${say.label('consoleReports.show')}</button></form>`

type Cell = {
  rule: RegisterRule
  register: Register
  row: RegisterRow
  column: string
  words: ReturnType<typeof registerWords>
}

const cellOf = ({ say }: Visit, { rule, register, row, column, words }: Cell): Markup => {
  if (row.hidden.includes(column)) return html`${say.label('quarterlyReport.hidden')}`
  const value: Value = row.cells[column] ?? null
  if (rule.rows === 'cases' && column === 'number')
    return html`<a href="/console/families/${row.code}">${Number(value)}</a>`
  if (typeof value === 'string' && isDay.test(value)) return html`${formatBirthDate(say, value)}`
  const text = words.cell(column, value)
  if (typeof value === 'number' && value > 0 && rule.rows !== 'cases' && column !== 'change')
    return html`<a href="${reportPaths.figure(rule.code, { ...register, row: row.code, column })}">${text}</a>`
  return html`${text ?? '–'}`
}
