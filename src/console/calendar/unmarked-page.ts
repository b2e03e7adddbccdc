import { capital, spokenMoment } from '#dialogue/visits/visit-words-view.ts'
import { html } from '#http/markup.ts'
import type { Visit as FamilyVisit } from '#storage/visits/visits.ts'
import { formTo } from '../form-markup.ts'
import type { Page, Visit } from '../visit.ts'

/** Visits that are over: whether they took place is one press each; what came of it is said on the visit's own page. */
export const unmarkedPage = (
  visit: Visit,
  visits: readonly (FamilyVisit & { familyNumber: number })[],
): Page => {
  const { say, deps, now } = visit
  const { timeZone } = deps.region
  const title = say.label('consoleCalendar.toMark')
  const rows = visits.map(({ id, startsAt, familyNumber }) => {
    const when = capital(spokenMoment({ say, timeZone, now }, startsAt))
    const form = formTo(
      visit,
      `/console/visits/${id}/outcome`,
      html`<input type="hidden" name="back" value="unmarked"><button name="outcome" value="done">${say.label('staffVisit.buttons.done')}</button> <button class="quiet" name="outcome" value="missed">${say.label('staffVisit.buttons.missed')}</button>`,
    )
    return html`<li class="row"><p><b>${when}</b><br>${say.label('console.familyNumber', { number: familyNumber })} · <a href="/console/visits/${id}">${say.label('consoleCalendar.withResult')}</a></p>${form}</li>`
  })
  return {
    title,
    section: 'calendar',
    body: html`<h1>${title}</h1><p><a href="/console/calendar">${say.label('console.sections.calendar')}</a></p>
${rows.length === 0 ? html`<p>${say.label('consoleCalendar.allMarked')}</p>` : html`<section><ul class="rows">${rows}</ul></section>`}`,
  }
}
