import type { Say } from '#core/text.ts'
import { html, type Markup } from '#http/markup.ts'

const tabs = {
  results: '/console/surveys',
} as const

export type SurveyTab = keyof typeof tabs

/** The parts of «Опросы». */
export const surveyTabs = (say: Say, here: SurveyTab): Markup => {
  const links = Object.entries(tabs).map(
    ([name, path]) =>
      html`<li><a href="${path}"${name === here ? html` aria-current="page"` : null}>${say.label(`consoleSurveys.tabs.${name}`)}</a></li>`,
  )
  return html`<nav class="tabs" aria-label="${say.label('consoleSurveys.tabs.label')}"><ul>${links}</ul></nav>`
}
