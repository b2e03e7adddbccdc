import { html, type Markup } from '#http/markup.ts'
import type { StoredSurvey } from '#storage/surveys/surveys.ts'
import { buttonTo } from '#console/form-markup.ts'
import type { Page, Visit } from '#console/visit.ts'
import { surveyPaths, surveyTabs } from '../tabs.ts'
import { aboutSurvey, inWords } from './survey-words.ts'

/** The centre's surveys, and what of them is being written. `drafts`: codes; null: the reader writes none. */
export const surveyListPage = (
  visit: Visit,
  { surveys, drafts }: { surveys: readonly StoredSurvey[]; drafts: readonly string[] | null },
): Page => {
  const { say } = visit
  const title = say.label('consoleAuthoring.title')
  const fresh = (drafts ?? []).filter((code) => !surveys.some(({ survey }) => survey.code === code))
  const body = html`<h1>${title}</h1>
${surveyTabs(say, 'authoring')}
<p>${say.label('consoleAuthoring.how')}</p>
${drafts === null ? html`<p class="note">${say.label('consoleAuthoring.whoMay')}</p>` : buttonTo(visit, surveyPaths.authoring, say.label('consoleAuthoring.begin'))}
<ul class="rows">${fresh.map((code) => draftRow(visit, code))}${surveys.map((one) => surveyRow(visit, one, drafts))}</ul>`
  return { title, section: 'surveys', body }
}

const draftRow = ({ say }: Visit, code: string): Markup =>
  html`<li class="row"><p><b>${say.label('consoleAuthoring.new')}</b> <span class="state">${say.label('consoleAuthoring.draft')}</span></p><a class="next" href="${surveyPaths.authoring}/${code}/edit">${say.label('consoleAuthoring.goOn')}<span class="hidden"> ${code}</span></a></li>`

const surveyRow = (
  { say }: Visit,
  { survey, retiredAt }: StoredSurvey,
  drafts: readonly string[] | null,
): Markup => {
  const at = `${surveyPaths.authoring}/${survey.code}`
  const name = inWords(say, survey.title)
  const begun = drafts?.includes(survey.code) === true
  const about = html`<span class="hidden">: ${name}</span>`
  return html`<li class="row"><p><b>${name}</b>${retiredAt && html` <span class="state">${say.label('consoleSettings.surveys.retired')}</span>`}${begun && html` <span class="state">${say.label('consoleAuthoring.draft')}</span>`}<br>
<span class="why">${say.label('consoleAuthoring.version', { version: survey.version })} · ${aboutSurvey(say, survey)}</span></p>
<span class="actions"><a class="next" href="${at}">${say.label('consoleAuthoring.look')}${about}</a>${drafts !== null && html`<a class="next" href="${at}/edit">${say.label(begun ? 'consoleAuthoring.goOn' : 'consoleAuthoring.change')}${about}</a>`}</span></li>`
}
