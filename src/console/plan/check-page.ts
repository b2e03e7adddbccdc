import { safetyText } from '#dialogue/families/safety-view.ts'
import type { EditFault, PlanCheck } from '#features/plan/edit/plan-editing.ts'
import type { Changed } from '#features/plan/plan-diff.ts'
import type { PlannedActivity } from '#features/plan/plan-document.ts'
import { html, type Markup } from '#http/markup.ts'
import { formTo } from '../form-markup.ts'
import type { Page, Visit } from '../visit.ts'
import { circumstances, fieldName, planPath } from './plan-words.ts'

/** What publishing would change, or what is wrong. Nothing is published without this page. */
export const planCheckPage = (visit: Visit, check: PlanCheck): Page => {
  const { say } = visit
  const { family } = check.editing
  const title = say.label('consolePlan.checkTitle', { number: family.number })
  const back = html`<a class="next" href="${planPath(family.id)}/edit">${say.label('consolePlan.backToEdit')}</a>`
  const body = html`<h1>${title}</h1>${check.ready ? readyPart(visit, check, check.ready, back) : html`<section><p>${say.label('consolePlan.wrong')}</p><ul>${check.faults.map((fault) => faultLine(visit, family.id, fault))}</ul><div class="actions">${back}</div></section>`}`
  return { title, section: 'families', body, place: `families/${family.id}` }
}

const faultLine = ({ say }: Visit, familyId: string, { activity, field, problem }: EditFault): Markup => {
  const what = say.label(`spreadsheet.problems.${problem}`)
  if (!activity) return html`<li>${fieldName(say, field)}: ${what}</li>`
  const where = say.label('consolePlan.activityTitle', { number: activity.number })
  return html`<li><a href="${planPath(familyId)}/edit/${activity.code}">${where}</a>, ${fieldName(say, field)}: ${what}</li>`
}

const readyPart = (
  visit: Visit,
  { editing }: PlanCheck,
  { diff, same, headChanged, warnings }: NonNullable<PlanCheck['ready']>,
  back: Markup,
): Markup => {
  const { say, deps, now } = visit
  if (same)
    return html`<section><p>${say.label('consolePlan.same')}</p><div class="actions">${back}</div></section>`
  const warned =
    warnings.length > 0 &&
    html`<div class="faults">${{ markup: safetyText(say, warnings, { timeZone: deps.region.timeZone, now }) }}<label>${say.label('consolePlan.reason')}<textarea name="reason" rows="2" required maxlength="500"></textarea></label></div>`
  const publish = html`<div class="actions"><button>${say.label('planFile.yes')}</button>${back}</div>`
  const whole = (list: readonly PlannedActivity[]) => list.map((one) => html`<li>${wholeOf(visit, one)}</li>`)
  const changed = (list: readonly Changed[]) => list.map((one) => html`<li>${changeOf(visit, one)}</li>`)
  const part = (key: string, items: readonly Markup[]) =>
    items.length > 0 &&
    html`<section><h2>${say.label(`consolePlan.diff.${key}`)}</h2><ul class="diff">${items}</ul></section>`
  return html`${headChanged && html`<section><p>${say.label('consolePlan.headChanged')}</p></section>`}${part('added', whole(diff.added))}${part('moved', changed(diff.moved))}${part('changed', changed(diff.changed))}${part('removed', whole(diff.removed))}
<section><p>${say.label('consolePlan.unchanged', { count: diff.same.length })}</p><p>${say.label('planFile.ask')}</p>${formTo(visit, `${planPath(editing.family.id)}/publish`, html`${warned}${publish}`)}</section>`
}

const wholeOf = ({ say, now }: Visit, activity: PlannedActivity): Markup =>
  html`<b>${activity.title}</b><br>${say.label('consolePlan.heads.plain')}: ${activity.plain}<br>${circumstances(say, activity, now)}`

/** Each field that differs, before and after. */
const changeOf = (visit: Visit, { before, after, fields }: Changed): Markup => {
  const { say, now } = visit
  const words = (one: PlannedActivity, field: Changed['fields'][number]): string | Markup => {
    if (field === 'when') return circumstances(say, one, now)
    const value = one[field]
    return typeof value === 'string'
      ? field === 'kind' || field === 'audience'
        ? fieldValue(visit, field, value)
        : value
      : '–'
  }
  return html`<b>${after.title}</b><dl class="facts">${fields.map((field) => html`<dt>${fieldName(say, field)}</dt><dd><del>${words(before, field)}</del> <ins>${words(after, field)}</ins></dd>`)}</dl>`
}

const fieldValue = ({ say }: Visit, field: 'kind' | 'audience', value: string): string =>
  say.label(field === 'kind' ? `spreadsheet.kinds.${value}` : `spreadsheet.audiences.${value}`)
