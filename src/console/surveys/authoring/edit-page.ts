import type { EditedQuestion } from '#features/surveys/authoring/edited-survey.ts'
import type { SurveyEditing } from '#features/surveys/authoring/survey-editing.ts'
import { html, type Markup } from '#http/markup.ts'
import { audiences, mostQuestions, occasions } from '#surveys/schema.ts'
import { buttonTo, formTo } from '#console/form-markup.ts'
import { choose } from '#console/plan/choose.ts'
import type { Page, Visit } from '#console/visit.ts'
import { surveyPaths } from '../tabs.ts'
import { wordFields } from './word-fields.ts'

export const nameOfEdited = ({ say }: Pick<Visit, 'say'>, { edited: { title } }: SurveyEditing): string =>
  title.ru.trim() === '' ? say.label('consoleAuthoring.new') : title.ru

/** A survey while it is typed: its head, and its questions in order. */
export const surveyEditPage = (visit: Visit, editing: SurveyEditing): Page => {
  const { say } = visit
  const { code, edited, isDraft, isBehind, newest } = editing
  const at = `${surveyPaths.authoring}/${code}`
  const title = say.label('consoleAuthoring.editing', { title: nameOfEdited(visit, editing) })
  const label = (key: string) => say.label(`consoleAuthoring.fields.${key}`)
  const whens = occasions.map((value) => ({ value, words: say.label(`consoleAuthoring.when.${value}`) }))
  const whom = audiences.map((value) => ({
    value,
    words: say.label(`consoleSettings.surveys.audience.${value}`),
  }))
  const inside = html`<div class="actions sticky"><button name="act" value="save" class="quiet">${say.label('consoleAuthoring.save')}</button><button name="act" value="check">${say.label('consoleAuthoring.check')}</button></div>
<section><h2>${label('title')}</h2>${wordFields(visit, { name: 'title', of: label('title'), words: edited.title })}
<div class="fields"><label>${label('when')}${choose('on', whens, edited.on)}</label>
<label>${say.label('consoleAuthoring.months')}<input name="months" value="${edited.months}" inputmode="numeric" maxlength="2" aria-describedby="months-note"></label>
<label>${label('audience')}${choose('audience', whom, edited.audience)}</label></div>
<p class="note" id="months-note">${say.label('consoleAuthoring.monthsNote')}</p></section>
<section><h2>${label('questions')}</h2><p class="note">${say.label('consoleAuthoring.questionsNote', { most: mostQuestions })}</p>
${edited.questions.length === 0 ? html`<p>${say.label('consoleAuthoring.noQuestions')}</p>` : html`<ol class="rows">${edited.questions.map((one, index) => questionRow(visit, one, index))}</ol>`}
<button name="act" value="add" class="quiet">${say.label('consoleAuthoring.add')}</button></section>`
  const body = html`<p><a href="${newest ? at : surveyPaths.authoring}">${say.label('consoleAuthoring.back')}</a></p><h1>${title}</h1>
${isBehind && newest && html`<div class="faults"><p>${say.label('consoleAuthoring.behind', { version: newest.survey.version })}</p>${buttonTo(visit, `${at}/catch-up`, say.label('consoleAuthoring.catchUp'))}</div>`}
<p class="note">${say.label(isDraft ? 'consoleAuthoring.isDraft' : 'consoleAuthoring.untouched')}</p>
${formTo(visit, `${at}/edit`, inside, { class: 'plan-form' })}
${isDraft && buttonTo(visit, `${at}/discard`, say.label('consoleAuthoring.discard'), 'danger')}`
  return { title, section: 'surveys', body }
}

const questionRow = (
  { say }: Visit,
  { code, kind, words, showIf }: EditedQuestion,
  index: number,
): Markup => {
  const number = index + 1
  const button = (act: string) =>
    html`<button name="act" value="${act}:${code}" class="quiet">${say.label(`consoleAuthoring.rows.${act}`)}<span class="hidden"> ${say.label('consoleAuthoring.rowNumber', { number })}</span></button>`
  const known = say.has(`consoleAuthoring.kinds.${kind}`)
  return html`<li class="row" id="q-${code}"><p><b>${number}. ${words.ru.trim() === '' ? say.label('consoleAuthoring.noWords') : words.ru}</b><br><span class="why">${known && say.label(`consoleAuthoring.kinds.${kind}`)}${showIf.length > 0 && html` · ${say.label('consoleAuthoring.conditional')}`}</span></p>
<span class="actions">${['open', 'up', 'down', 'remove'].map(button)}</span></li>`
}
