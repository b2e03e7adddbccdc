import { formatDay } from '#core/dates.ts'
import { plainDay } from '#dialogue/plan/plan-words-view.ts'
import { longestMarkWords, type ToMark } from '#features/plan/marks-for-staff.ts'
import type { ActivityFeedback } from '#features/plan/plan-for-staff.ts'
import type { HelpWithResult } from '#features/registers/help-results.ts'
import { html, type Markup } from '#http/markup.ts'
import { formTo } from '../form-markup.ts'
import type { Page, Visit } from '../visit.ts'
import { circumstances, planPath } from './plan-words.ts'
import { resultPart } from './result-part.ts'

/** What members say of an activity, in their own words, and whether it took place. */
export const activityPage = (
  visit: Visit,
  {
    feedback,
    toMark,
    help,
    today,
  }: {
    feedback: ActivityFeedback
    toMark: ToMark | null
    /** Null: the reader does not record what came of it. */
    help: HelpWithResult | null
    today: string
  },
): Page => {
  const { say, deps, now } = visit
  const { family, activity, opinions, marks } = feedback
  const { timeZone } = deps.region
  const title = activity?.title ?? say.label('consolePlan.gone')
  const author = (one: string) => say.label(`staffPlan.roles.${one}`)
  const said = opinions.map(
    ({ author: who, kind, words, at }) =>
      html`<li><p><b>${author(who)}</b>, ${formatDay(say, { instant: at, timeZone, now })}: ${say.label(`staffPlan.kinds.${kind}`)}</p>${words !== null && html`<blockquote>${words}</blockquote>`}</li>`,
  )
  const marked = marks.map(
    ({ author: who, on, happened, words }) =>
      html`<li><b>${author(who)}</b>: ${say.label(happened ? 'staffPlan.was' : 'staffPlan.wasNot', { day: plainDay(say, on, now) })}${words !== null && html`<blockquote>${words}</blockquote>`}</li>`,
  )
  const body = html`<p><a href="${planPath(family.id)}">${say.label('consolePlan.title', { number: family.number })}</a></p><h1>${title}</h1>
${activity && html`<section><p>${say.label('consolePlan.heads.plain')}: ${activity.plain}</p><p>${circumstances(say, activity, now)}</p></section>`}
${toMark && markForm(visit, family.id, toMark)}
${help && resultPart(visit, { familyId: family.id, help, today, first: toMark === null })}
<section><h2>${say.label('consolePlan.heads.opinions')}</h2>${said.length === 0 ? html`<p>${say.label('staffPlan.silent')}</p>` : html`<ul class="comments">${said}</ul>`}</section>
${marked.length > 0 && html`<section><h2>${say.label('consolePlan.heads.state')}</h2><ul class="comments">${marked}</ul></section>`}`
  return { title, section: 'families', body, place: `families/${family.id}` }
}

const markForm = (visit: Visit, familyId: string, { activity, on }: ToMark): Markup => {
  const { say, now } = visit
  const inside = html`<input type="hidden" name="on" value="${on}">
<label>${say.label('consolePlan.markWords')}<textarea name="words" rows="2" maxlength="${longestMarkWords}"></textarea></label>
<p class="note">${say.label('planMarks.how')}</p>
<div class="actions"><button name="happened" value="yes">${say.label('planMarks.yes')}</button><button name="happened" value="no" class="quiet">${say.label('planMarks.no')}</button></div>`
  return html`<section><h2>${say.label('consolePlan.wasIt', { day: plainDay(say, on, now) })}</h2>${formTo(visit, `/console/families/${familyId}/activities/${activity.id}/mark`, inside)}</section>`
}
