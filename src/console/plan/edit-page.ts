import type { EditedActivity } from '#features/plan/edit/edited-plan.ts'
import type { PlanEditing } from '#features/plan/edit/plan-editing.ts'
import { html, type Markup } from '#http/markup.ts'
import { supportLevels } from '#storage/families/families.ts'
import { buttonTo, formTo } from '../form-markup.ts'
import { pagerOf } from '../pager.ts'
import type { Page, Visit } from '../visit.ts'
import { choose } from './choose.ts'
import { planPath } from './plan-words.ts'

export const editRows = 20

/** The plan as a table to type in: each activity as it is written, and beside it as the family reads it. */
export const planEditPage = (
  visit: Visit,
  { editing, page }: { editing: PlanEditing; page: number },
): Page => {
  const { say } = visit
  const { family, edited, isDraft, isBehind } = editing
  const path = planPath(family.id)
  const title = say.label('consolePlan.editTitle', { number: family.number })
  const shown = edited.activities.slice(page * editRows, (page + 1) * editRows)
  const name = say.label('spreadsheet.sheets.activities')
  const heads = ['title', 'plain', 'row'].map(
    (one) => html`<th scope="col">${say.label(`consolePlan.heads.${one}`)}</th>`,
  )
  const inside = html`<div class="actions sticky"><button name="act" value="save" class="quiet">${say.label('consolePlan.save')}</button><button name="act" value="check">${say.label('consolePlan.check')}</button></div>
<input type="hidden" name="page" value="${page + 1}">
<section>${headFields(visit, editing)}</section>
<section><h2>${name}</h2>${
    shown.length === 0
      ? html`<p>${say.label('consolePlan.noRows')}</p>`
      : html`<div class="wide" role="region" aria-label="${name}" tabindex="0"><table class="plan edit"><thead><tr>${heads}</tr></thead><tbody>${shown.map((one, index) => row(visit, one, page * editRows + index + 1))}</tbody></table></div>`
  }
<button name="act" value="add" class="quiet">${say.label('consolePlan.add')}</button></section>`
  const body = html`<p><a href="${path}">${say.label('consolePlan.title', { number: family.number })}</a></p><h1>${title}</h1>
${isBehind && html`<div class="faults"><p>${say.label('consolePlan.behind')}</p>${buttonTo(visit, `${path}/catch-up`, say.label('consolePlan.catchUp'))}</div>`}
<p class="note">${say.label(isDraft ? 'consolePlan.draft' : 'consolePlan.untouched')}</p>
${formTo(visit, `${path}/edit`, inside, { class: 'plan-form' })}
${pagerOf(visit, { page, pages: Math.ceil(edited.activities.length / editRows) })}
${isDraft && buttonTo(visit, `${path}/discard`, say.label('consolePlan.discard'), 'danger')}`
  return { title, section: 'families', body, place: `families/${family.id}` }
}

const headFields = ({ say }: Visit, { edited }: PlanEditing): Markup => {
  const label = (field: string) => say.label(`spreadsheet.fields.${field}`)
  const levels = supportLevels.map((level) => ({ value: level, words: say.label(`planPdf.levels.${level}`) }))
  const area = (field: 'goal' | 'tasks' | 'results', rows: number) =>
    html`<label>${label(field)}${field !== 'goal' && html` <small>(${say.label('consolePlan.eachLine')})</small>`}<textarea name="${field}" rows="${rows}">${edited[field]}</textarea></label>`
  return html`<div class="fields"><label>${label('level')}${choose('level', levels, edited.level)}</label>
<label>${label('from')}<input type="date" name="from" value="${edited.from}"></label><label>${label('until')}<input type="date" name="until" value="${edited.until}"></label></div>
${area('goal', 2)}${area('tasks', 3)}${area('results', 3)}`
}

const row = ({ say }: Visit, { code, title, plain }: EditedActivity, number: number): Markup => {
  const words = (key: string) =>
    html`${say.label(`consolePlan.rows.${key}`)}<span class="hidden"> ${say.label('consolePlan.rowNumber', { number })}</span>`
  const area = (field: 'title' | 'plain', value: string) =>
    html`<textarea name="${code}.${field}" rows="3" aria-label="${say.label(`consolePlan.heads.${field}`)}, ${say.label('consolePlan.rowNumber', { number })}">${value}</textarea>`
  const head = (key: string) => html` data-label="${say.label(`consolePlan.heads.${key}`)}"`
  const button = (act: string) =>
    html`<button name="act" value="${act}:${code}" class="quiet">${words(act)}</button>`
  return html`<tr id="row-${code}"><td${head('title')}>${area('title', title)}</td><td class="twin"${head('plain')}>${area('plain', plain)}</td><td class="row-acts">${['open', 'up', 'down', 'remove'].map(button)}</td></tr>`
}
