import { formatBirthDate } from '#core/dates.ts'
import { type PartWords, partWords } from '#dialogue/reports/part-words.ts'
import type { StaffReport } from '#features/reports/report-for-staff.ts'
import { reportLines } from '#features/reports/report-lines.ts'
import { figureWords, rowWords } from '#features/reports/report-paper.ts'
import { html, type Markup, told } from '#http/markup.ts'
import { categoryChoices, nameOfRow, type ReportTable } from '#regions/reports/report-form.ts'
import { formTo } from '../form-markup.ts'
import type { Page, Visit } from '../visit.ts'
import { reportPaths } from './paths.ts'

/** The report of a quarter as recorded now: what does not agree, what has changed since, and every figure. */
export const quarterPage = (visit: Visit, found: StaffReport): Page => {
  const { say, deps } = visit
  const { report, changed, previous, next } = found
  const { quarter, choice, form } = report
  const lines = reportLines(say, deps.region, found)
  const other = categoryChoices.find((one) => one !== choice) ?? choice
  const part = partWords(say, deps.region.code, found)
  const title = `${say.label('quarterlyReport.bot.button')}: ${lines.period}`
  // On paper a part would look like the report.
  const kinds = found.part ? [] : (['xlsx', 'pdf'] as const)
  const files = kinds.map(
    (kind) =>
      html`<a class="next" href="${reportPaths.file(quarter.code, kind, choice)}" download>${say.label(`consoleReports.files.${kind}`)}</a>`,
  )
  const body = html`<h1>${title}</h1>
<nav class="pager" aria-label="${say.label('consoleReports.quarters')}"><a rel="prev" href="${reportPaths.quarter(previous, choice)}">${say.label('quarterlyReport.bot.previous')}</a>${next !== null && html`<a rel="next" href="${reportPaths.quarter(next, choice)}">${say.label('quarterlyReport.bot.next')}</a>`}</nav>
<section><p><b>${lines.status}</b></p>${dueLine(visit, found)}${part && partLines(visit, part)}
<p>${say.label(`quarterlyReport.notes.${choice}`)} <a href="${reportPaths.quarter(quarter.code, other)}">${say.label(`quarterlyReport.bot.choices.${other}`)}</a></p>
${faultsOf(visit, lines.faults)}${changed && changesOf(visit, lines.changes ?? [])}
<div class="actions">${nextAct(visit, found)}${files}</div></section>
${form.tables.map((table) => tableOf(visit, found, table))}
<p class="note">${say.label('quarterlyReport.notes.counted')}</p>`
  return { title, section: 'reports', body }
}

const dueLine = ({ say }: Visit, { report, mayHandIn, fromDay }: StaffReport): Markup | false =>
  report.handedIn.length === 0 &&
  html`<p>${told(say, mayHandIn ? 'quarterlyReport.bot.due' : 'quarterlyReport.bot.early', { day: formatBirthDate(say, mayHandIn ? report.due.dueOn : fromDay) })}</p>`

/** What does not agree, in the form's own numbers. */
const faultsOf = ({ say }: Visit, faults: readonly string[]): Markup | false =>
  faults.length > 0 &&
  html`<div class="faults"><p><b>${say.label('quarterlyReport.bot.faults')}</b></p><ul>${faults.map((one) => html`<li>${one}</li>`)}</ul></div>`

const changesOf = (
  { say }: Visit,
  changes: readonly { number: string; before: string; after: string }[],
): Markup => {
  if (changes.length === 0) return html`<p>${say.label('quarterlyReport.bot.unchanged')}</p>`
  return html`<p><b>${say.label('quarterlyReport.bot.changed')}</b></p><ul>${changes.map((one) => html`<li>${say.label('quarterlyReport.bot.change', one)}</li>`)}</ul>`
}

/** Whose part it is, and which are confirmed. */
const partLines = ({ say }: Visit, { mine, others, waiting, confirmed }: PartWords): Markup => {
  const words = (key: string, values = {}) => say.label(`quarterlyReport.bot.part.${key}`, values)
  return html`<p>${words('mine', { where: mine })}</p>${confirmed && html`<p><b>${words('confirmed')}</b></p>`}${others.length > 0 && html`<p>${words('others')}</p><ul>${others.map(({ name, where }) => html`<li>${name}: ${where}</li>`)}</ul>`}${waiting !== null && html`<p>${words('waiting', { where: waiting })}</p>`}`
}

const nextAct = ({ say }: Visit, { report, mayHandIn, changed, part }: StaffReport): Markup | false => {
  const corrects = (changed?.rows.length ?? 0) > 0
  if (!mayHandIn && !corrects) return false
  const hand = part ? 'acts.confirm' : 'acts.handIn'
  const words = say.label(`quarterlyReport.bot.${mayHandIn ? hand : 'correct'}`)
  return html`<a class="next main" href="${reportPaths.handIn(report.quarter.code, report.choice)}">${words}</a>`
}

const tableOf = ({ say, deps }: Visit, { report }: StaffReport, table: ReportTable): Markup => {
  const { quarter, choice, figures } = report
  const row = (given: ReportTable['rows'][number]) => {
    const name = nameOfRow(table, given)
    const figure = figures.get(name) ?? null
    const words = figureWords(say, figure)
    // A share is made of two rows, and has no cases of its own.
    const opens = !('share' in given.rule) && figure !== null && figure > 0
    return html`<tr class="depth-${given.number.split('.').length}"><td>${given.number}</td><th scope="row">${rowWords(say, deps.region.code, name)}</th><td class="figure">${opens ? html`<a href="${reportPaths.row(quarter.code, name, choice)}">${words}</a>` : words}</td></tr>`
  }
  const title = say.label(`quarterlyReport.sheets.${table.code}`)
  const [number, words, figure] = ['number', 'row', 'figure'].map((one) =>
    say.label(`quarterlyReport.heads.${one}`),
  )
  return html`<section><h2>${title}</h2><div class="wide" role="region" aria-label="${title}" tabindex="0"><table class="report"><thead><tr><th scope="col">${number}</th><th scope="col">${words}</th><th scope="col">${figure}</th></tr></thead>
<tbody>${table.rows.map(row)}</tbody></table></div></section>`
}

/** Asks once more before figures are frozen, or for the reason of a correction. `seen`: what was shown. */
export const handInPage = (visit: Visit, found: StaffReport): Page => {
  const { say, deps } = visit
  const { report, mayHandIn, seen } = found
  const { quarter, choice } = report
  const lines = reportLines(say, deps.region, found)
  const { period } = lines
  const words = (key: string, values = {}) => say.label(`quarterlyReport.bot.${key}`, values)
  const part = partWords(say, deps.region.code, found)
  const hand = part ? 'confirmPart' : 'handIn'
  const title = say.label(`consoleReports.${mayHandIn ? hand : 'correct'}`, { period })
  const means = part ? `part.${part.waiting === null ? 'lastPart' : 'morePart'}` : 'frozen'
  const inside = html`<input type="hidden" name="seen" value="${seen}"><input type="hidden" name="choice" value="${choice}">
${
  mayHandIn
    ? html`${part && partLines(visit, part)}<p>${words(means)}</p>`
    : html`<label>${words('reason')}<textarea name="reason" rows="3" required maxlength="500"></textarea></label>`
}
<div class="actions"><button>${mayHandIn ? words(part ? 'agree.yesMine' : 'agree.yes') : words('correct')}</button><a class="next" href="${reportPaths.quarter(quarter.code, choice)}">${say.label('consoleReports.back')}</a></div>`
  const act = mayHandIn ? 'hand-in' : 'correct'
  const body = html`<h1>${title}</h1><section><p>${say.label(`quarterlyReport.notes.${choice}`)}</p>
${faultsOf(visit, lines.faults)}${!mayHandIn && changesOf(visit, lines.changes ?? [])}
${formTo(visit, `/console/reports/quarter/${quarter.code}/${act}`, inside)}</section>`
  return { title, section: 'reports', body }
}
