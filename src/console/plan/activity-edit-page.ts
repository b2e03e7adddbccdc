import { kindName } from '#dialogue/plan/plan-view.ts'
import { audiences } from '#features/families/audience.ts'
import type { EditedActivity } from '#features/plan/edit/edited-plan.ts'
import type { PlanEditing } from '#features/plan/edit/plan-editing.ts'
import { html, type Markup } from '#http/markup.ts'
import { weekdays } from '#storage/staff/staff.ts'
import { formTo } from '../form-markup.ts'
import type { Page, Visit } from '../visit.ts'
import { choose, tick } from './choose.ts'
import { audienceName, fieldName, planPath } from './plan-words.ts'

const repeats = ['once', 'span', 'weekly', 'monthly'] as const

/** One activity of the plan that is typed: all of its fields. */
export const activityEditPage = (
  visit: Visit,
  { editing, activity }: { editing: PlanEditing; activity: EditedActivity },
): Page => {
  const { say, deps } = visit
  const { family, edited, minors } = editing
  const number = edited.activities.indexOf(activity) + 1
  const { code } = activity
  const title = say.label('consolePlan.activityTitle', { number })
  const name = (field: string) => `${code}.${field}`
  const label = (field: string, input: Markup) => html`<label>${fieldName(say, field)}${input}</label>`
  const line = (field: 'place' | 'responsible', most: number) =>
    label(field, html`<input name="${name(field)}" value="${activity[field]}" maxlength="${most}">`)
  const area = (field: 'title' | 'plain' | 'familyPart' | 'centrePart', most: number) =>
    label(
      field,
      html`<textarea name="${name(field)}" rows="3" maxlength="${most}">${activity[field]}</textarea>`,
    )
  const kinds = deps.region.helpKinds.map((kind) => ({ value: kind, words: kindName(say, kind) }))
  const catalogue = deps.region.catalogue.map(({ code: value }) => ({
    value,
    words: say.label(`catalogue.${deps.region.code}.${value}`),
  }))
  const whom = audiences.map((value) => ({ value, words: audienceName(say, value) }))
  const children = minors.map(({ id, name: words }) => ({ value: id, words }))
  const inside = html`<div class="actions"><button name="act" value="save">${say.label('consolePlan.saveRow')}</button><a class="next" href="${planPath(family.id)}/edit">${say.label('consolePlan.back')}</a></div>
<section><div class="pair">${area('title', 200)}${area('plain', 400)}</div>
<div class="fields">${label('kind', choose(name('kind'), [{ value: '', words: '–' }, ...kinds], activity.kind))}${
    catalogue.length > 0 &&
    label(
      'catalogueCode',
      choose(name('catalogueCode'), [{ value: '', words: '–' }, ...catalogue], activity.catalogueCode),
    )
  }${line('place', 200)}${line('responsible', 100)}</div></section>
<section><h2>${say.label('consolePlan.heads.when')}</h2>${schedule(visit, activity, name)}</section>
<section><h2>${fieldName(say, 'audience')}</h2>${label('audience', choose(name('audience'), whom, activity.audience))}
<input type="hidden" name="${name('lists')}" value="1">
${children.length > 0 && html`<fieldset><legend>${fieldName(say, 'memberIds')}</legend>${tick(name('memberIds'), children, activity.memberIds)}</fieldset>`}</section>
<section>${area('familyPart', 500)}${area('centrePart', 500)}</section>`
  const body = html`<h1>${title}</h1>${formTo(visit, `${planPath(family.id)}/edit`, inside, { class: 'plan-form' })}`
  return { title, section: 'families', body, place: `families/${family.id}` }
}

/** Fields of all ways to repeat: which of them count, the first one says. */
const schedule = ({ say }: Visit, activity: EditedActivity, name: (field: string) => string): Markup => {
  const field = (
    key: 'on' | 'from' | 'until' | 'at' | 'every' | 'day',
    type: string,
    more: Markup | null = null,
  ) =>
    html`<label>${fieldName(say, key)}<input type="${type}" name="${name(key)}" value="${activity[key]}"${more}></label>`
  const ways = repeats.map((value) => ({ value, words: say.label(`consolePlan.repeats.${value}`) }))
  const days = weekdays.map((value) => ({ value, words: say.label(`consolePlan.weekdays.${value}`) }))
  return html`<div class="fields"><label>${fieldName(say, 'repeat')}${choose(name('repeat'), ways, activity.repeat)}</label>${field('on', 'date')}${field('from', 'date')}${field('until', 'date')}${field('at', 'time')}${field('every', 'number', html` min="1" max="12"`)}${field('day', 'number', html` min="1" max="31"`)}</div>
<fieldset><legend>${fieldName(say, 'days')}</legend>${tick(name('days'), days, activity.days)}</fieldset>`
}
