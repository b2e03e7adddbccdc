import type { Organisation } from '#features/consents/consent-texts.ts'
import { wordsFor } from '#features/surveys/spoken-questions.ts'
import { html, type Markup } from '#http/markup.ts'
import type { StoredSurvey } from '#storage/surveys/surveys.ts'
import type { Page, Visit } from '../visit.ts'
import { settingsPage } from './settings-frame.ts'

type Centre = { organisation: Organisation; botUsername: string; pagesUrl: string | undefined }

/** What the operator has set, and where it is changed. */
export const organisationPage = (visit: Visit, { organisation, botUsername, pagesUrl }: Centre): Page => {
  const { say, deps } = visit
  const rows: [key: string, value: string, setting: string][] = [
    ['name', organisation.name, 'ORGANISATION_NAME'],
    ['address', organisation.address, 'ORGANISATION_ADDRESS'],
    ['contact', organisation.contact, 'ORGANISATION_CONTACT'],
    ['region', deps.region.code, 'REGION'],
    ['timeZone', deps.region.timeZone, 'REGION'],
    ['bot', `@${botUsername}`, 'TELEGRAM_BOT_TOKEN'],
    ['pages', pagesUrl ?? '–', 'PUBLIC_URL, LOCAL_URL'],
  ]
  const head = (key: string) => html`<th scope="col">${say.label(`consoleSettings.organisation.${key}`)}</th>`
  const body = html`<p>${say.label('consoleSettings.organisation.how')}</p>
<div class="wide"><table class="people"><caption class="hidden">${say.label('consoleSettings.parts.organisation')}</caption>
<thead><tr>${head('what')}${head('value')}${head('setting')}</tr></thead>
<tbody>${rows.map(
    ([key, value, setting]) =>
      html`<tr><th scope="row">${say.label(`consoleSettings.organisation.${key}`)}</th><td data-label="${say.label('consoleSettings.organisation.value')}">${value}</td><td data-label="${say.label('consoleSettings.organisation.setting')}"><code>${setting}</code></td></tr>`,
  )}</tbody></table></div>`
  return settingsPage(visit, 'organisation', { body })
}

/** When surveys go out. They are changed elsewhere. */
export const surveysPage = (visit: Visit, surveys: readonly StoredSurvey[]): Page => {
  const { say } = visit
  const row = ({ survey, retiredAt }: StoredSurvey): Markup => {
    const { when } = survey
    const count = 'months' in when ? when.months : 0
    return html`<li class="row"><p><b>${wordsFor(survey.title, { language: say.language, minor: false })}</b>${retiredAt && html` <span class="state">${say.label('consoleSettings.surveys.retired')}</span>`}<br>
<span class="why">${say.label(`consoleSettings.surveys.when.${when.on}`, { count })} · ${say.label(`consoleSettings.surveys.audience.${survey.audience}`)} · ${say.label('consoleSettings.surveys.questions', { count: survey.questions.length })}</span></p></li>`
  }
  const body = html`<p>${say.label('consoleSettings.surveys.how')}</p><ul class="rows">${surveys.map(row)}</ul>`
  return settingsPage(visit, 'surveys', { body })
}
