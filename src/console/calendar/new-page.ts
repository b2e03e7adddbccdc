import { optionLabel } from '#dialogue/intake/option-label-view.ts'
import type { ListedFamily } from '#features/worklist/family-list.ts'
import type { WorkPage } from '#features/worklist/open-work.ts'
import { html } from '#http/markup.ts'
import { pagerOf } from '../pager.ts'
import type { Page, Visit } from '../visit.ts'

/** For which family a visit is planned; those that were visited too seldom come first if one asks for them. */
export const newVisitPage = (
  visit: Visit,
  { found, query, seldom }: { found: WorkPage<ListedFamily>; query: URLSearchParams; seldom: boolean },
): Page => {
  const { say, deps } = visit
  const title = say.label('consoleFamilies.acts.visit')
  const rows = found.items.map(({ id, number, names, stage, level }) => {
    const facts = [
      optionLabel(say, deps.region.code, 'stages', stage),
      say.label(level === null ? 'caseload.noLevel' : `caseload.levels.${level}`),
    ].join(' · ')
    return html`<li class="row"><p>${say.label('console.familyNumber', { number })}${names.length > 0 && html` · <b>${names.join(', ')}</b>`}<br><span class="why">${facts}</span></p><a class="next" href="/console/families/${id}/visits/new?${String(query)}">${say.label('consoleCalendar.choose')}</a></li>`
  })
  const filter = new URLSearchParams(query)
  if (!seldom) filter.set('visited', 'less')
  return {
    title,
    section: 'calendar',
    body: html`<h1>${title}</h1><p>${say.label('consoleCalendar.forWhom')} <a href="/console/calendar/new?${String(filter)}">${say.label(seldom ? 'consoleCalendar.allFamilies' : 'consoleCalendar.seldom')}</a></p>
${rows.length === 0 ? html`<p>${say.label('consoleFamilies.list.none.mine')}</p>` : html`<ul class="rows">${rows}</ul>`}${pagerOf(visit, found)}`,
  }
}
