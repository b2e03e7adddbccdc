import { formatBirthDate } from '#core/dates.ts'
import { daysOffOfRegion, yearsAhead } from '#features/deadlines/centre-days.ts'
import { isDecreed } from '#features/deadlines/working-days.ts'
import { html, type Markup } from '#http/markup.ts'
import { type CentreDay, centreDayKinds } from '#storage/deadlines/centre-days.ts'
import { formTo } from '../form-markup.ts'
import { pagerOf } from '../pager.ts'
import type { Page, Visit } from '../visit.ts'
import { settingsPage } from './settings-frame.ts'

export const daysPath = '/console/settings/days'
const daysOnPage = 40

export type DayTyped = { day: string; kind: string; act: string }

/** «3 декабря 2026». */
export const dayNamed = (
  { say }: Pick<Visit, 'say'>,
  { day, kind }: Pick<CentreDay, 'day' | 'kind'>,
): string => {
  const name = formatBirthDate(say, day)
  return kind === 'working' ? say.label('consoleSettings.days.working', { day: name }) : name
}

/** On which days nobody works, and terms do not run: those of the country, of the region, and of the centre. */
export const daysPage = (
  visit: Visit,
  {
    year,
    days,
    page = 0,
    typed,
    problem,
  }: { year: number; days: readonly CentreDay[]; page?: number; typed?: DayTyped; problem?: string },
): Page => {
  const { say } = visit
  const years = [year, year + 1].map(
    (one) =>
      html`<li>${say.label(isDecreed(one) ? 'consoleSettings.days.decreed' : 'consoleSettings.days.notDecreed', { year: one })}</li>`,
  )
  // Days of past years moved terms that are over.
  const ahead = days.filter(({ day }) => Number(day.slice(0, 4)) >= year)
  const pages = Math.max(1, Math.ceil(ahead.length / daysOnPage))
  const at = Math.min(page, pages - 1)
  const rows = ahead.slice(at * daysOnPage, (at + 1) * daysOnPage).map((one) => {
    const name = dayNamed(visit, one)
    return html`<li class="row"><p><b>${name}</b><br><span class="why">${one.act}</span></p><a class="next" href="${daysPath}/${one.id}/remove">${say.label('consoleSettings.days.takeBack')}<span class="hidden">: ${name}</span></a></li>`
  })
  const body = html`<p>${say.label('consoleSettings.days.how')}</p>
<section><h2>${say.label('consoleSettings.days.centre')}</h2>${rows.length === 0 ? html`<p>${say.label('consoleSettings.days.noneOfCentre')}</p>` : html`<ul class="rows">${rows}</ul>`}${pagerOf(visit, { page: at, pages })}</section>
<section><h2>${say.label('consoleSettings.days.add')}</h2>${problem !== undefined && html`<div class="problem" role="alert"><p>${problem}</p></div>`}${dayForm(visit, { year, typed })}</section>
<section><h2>${say.label('consoleSettings.days.own')}</h2>${regionDays(visit, year)}</section>
<section><h2>${say.label('consoleSettings.days.federal')}</h2><ul>${years}</ul></section>`
  return settingsPage(visit, 'days', { body })
}

const dayForm = (visit: Visit, { year, typed }: { year: number; typed: DayTyped | undefined }): Markup => {
  const { say } = visit
  const kinds = centreDayKinds.map(
    (kind) =>
      html`<option value="${kind}"${typed?.kind === kind && html` selected`}>${say.label(`consoleSettings.days.kinds.${kind}`)}</option>`,
  )
  return formTo(
    visit,
    daysPath,
    html`<div class="fields"><label>${say.label('consoleSettings.days.day')}<input type="date" name="day" value="${typed?.day ?? ''}" min="${year}-01-01" max="${year + yearsAhead}-12-31" required></label>
<label>${say.label('consoleSettings.days.kind')}<select name="kind">${kinds}</select></label>
<label>${say.label('consoleSettings.days.act')}<input name="act" value="${typed?.act ?? ''}" maxlength="300" required autocomplete="off" aria-describedby="act-note"></label></div>
<p class="note" id="act-note">${say.label('consoleSettings.days.actNote')}</p>
<button>${say.label('consoleSettings.days.addDay')}</button>`,
  )
}

const regionDays = ({ say, deps }: Visit, year: number): Markup => {
  const { everyYear, radonitsa, byYear } = daysOffOfRegion(deps.region.daysOff)
  const dated = (day: string, of: number) => formatBirthDate(say, `${of}-${day}`)
  const own = [
    ...everyYear.map(({ day, act }) => ({ what: dated(day, year), act })),
    ...(radonitsa ? [{ what: say.label('consoleSettings.days.radonitsa'), act: radonitsa.act }] : []),
    ...Object.entries(byYear).flatMap(([of, { off, working, act }]) => [
      ...off.map((day) => ({ what: dated(day, Number(of)), act })),
      ...working.map((day) => ({
        what: say.label('consoleSettings.days.working', { day: dated(day, Number(of)) }),
        act,
      })),
    ]),
  ]
  if (own.length === 0) return html`<p>${say.label('consoleSettings.days.none')}</p>`
  return html`<ul class="rows">${own.map(({ what, act }) => html`<li class="row"><p>${what}<br><span class="why">${act}</span></p></li>`)}</ul>`
}
