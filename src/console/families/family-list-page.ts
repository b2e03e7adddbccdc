import { optionLabel } from '#dialogue/intake/option-label-view.ts'
import { needLine } from '#dialogue/worklist/need-view.ts'
import {
  type FamilyListAsked,
  type FamilyView,
  familyViewsOf,
  type ListedFamily,
} from '#features/worklist/family-list.ts'
import type { WorkPage } from '#features/worklist/open-work.ts'
import { html, type Markup } from '#http/markup.ts'
import { supportLevels } from '#storage/families/families.ts'
import { formTo } from '../form-markup.ts'
import { pagerOf } from '../pager.ts'
import type { Page, Visit } from '../visit.ts'

type Found = WorkPage<ListedFamily> & { view: FamilyView }
/** A family whose names were asked for, and is on this page. */
export type ShownNames = { familyId: string; names: readonly string[] } | null

/** Families by what they need, with filters that are a link. */
export const familyListPage = (
  visit: Visit,
  { found, asked, shown }: { found: Found; asked: FamilyListAsked; shown: ShownNames },
): Page => {
  const { say } = visit
  const title = say.label('console.sections.families')
  const rows = found.items.map((one) => rowOf(visit, one, { view: found.view, shown }))
  const body = html`<h1>${title}</h1>
${viewsOf(visit, found, asked)}
${filterOf(visit, found.view, asked)}
<p class="note">${say.label('consoleFamilies.list.count', { count: found.total })}</p>
${found.total === 0 ? html`<p>${say.label(`consoleFamilies.list.none.${found.view}`)}</p>` : html`<ul class="rows">${rows}</ul>`}
${pagerOf(visit, found)}`
  // Names that were asked for are audited whenever they are shown, so the page does not ask for them by itself.
  return { title, section: 'families', body, ...(shown === null && { live: true as const }) }
}

const addressOf = (view: FamilyView, { stage, level, notVisited }: FamilyListAsked): string => {
  const query = new URLSearchParams({
    view,
    ...(stage && { stage }),
    ...(level && { level }),
    ...(notVisited && { visited: 'less' }),
  })
  return `/console/families?${query}`
}

const viewsOf = ({ say, staff }: Visit, { view }: Found, asked: FamilyListAsked): Markup => {
  const links = familyViewsOf[staff.role].map(
    (one) =>
      html`<li><a href="${addressOf(one, asked)}"${one === view && html` aria-current="true"`}>${say.label(`consoleFamilies.list.views.${one}`)}</a></li>`,
  )
  return html`<nav class="tabs" aria-label="${say.label('consoleFamilies.list.whose')}"><ul>${links}</ul></nav>`
}

const filterOf = ({ say, deps: { region } }: Visit, view: FamilyView, asked: FamilyListAsked): Markup => {
  const option = (value: string, text: string, chosen: string | undefined) =>
    html`<option value="${value}"${value === (chosen ?? '') && html` selected`}>${text}</option>`
  const any = say.label('consoleFamilies.list.any')
  const stages = region.stages.map((code) =>
    option(code, optionLabel(say, region.code, 'stages', code), asked.stage),
  )
  const levels = [...supportLevels, 'none' as const].map((code) =>
    option(code, say.label(code === 'none' ? 'caseload.noLevel' : `caseload.levels.${code}`), asked.level),
  )
  return html`<form class="filter" method="get" action="/console/families"><input type="hidden" name="view" value="${view}">
<div class="fields"><p><label for="stage">${say.label('consoleFamilies.list.stage')}</label><select id="stage" name="stage">${option('', any, asked.stage)}${stages}</select></p>
<p><label for="level">${say.label('consoleFamilies.list.level')}</label><select id="level" name="level">${option('', any, asked.level)}${levels}</select></p>
${view !== 'closed' && html`<p class="tick"><label><input type="checkbox" name="visited" value="less"${asked.notVisited && html` checked`}> ${say.label('consoleFamilies.list.notVisited')}</label></p>`}</div>
<p class="actions"><button class="quiet">${say.label('consoleFamilies.list.show')}</button> <a href="/console/families?view=${view}">${say.label('consoleFamilies.list.clear')}</a></p></form>`
}

const rowOf = (
  visit: Visit,
  one: ListedFamily,
  { view, shown }: { view: FamilyView; shown: ShownNames },
): Markup => {
  const { say, deps, now, staff } = visit
  const { region } = deps
  const label = (list: string, code: string) => optionLabel(say, region.code, list, code)
  const level = say.label(one.level === null ? 'caseload.noLevel' : `caseload.levels.${one.level}`)
  const why = view === 'closed' ? null : needLine(say, one, { region, now })
  const curator = one.curator ?? say.label('console.requests.nobody')
  const facts = [label('territory', one.territory), label('stages', one.stage), level].join(' · ')
  const next = one.unread ? `/console/families/${one.id}/talk` : `/console/families/${one.id}`
  return html`<li class="row"><div>${one.urgent && view !== 'closed' && html`<b class="urgent">${say.label('console.urgent')}</b> `}<a href="/console/families/${one.id}">${say.label('console.familyNumber', { number: one.number })}</a>${namesOf(visit, one, shown)}<br><span class="why">${facts}${one.curatorId !== staff.id && ` · ${curator}`}</span>${why !== null && html`<br>${{ markup: why }}`}</div>
<a class="next" href="${next}">${say.label(one.unread ? 'console.today.answer' : 'console.today.open')}</a></li>`
}

/** Of another curator's family, and of nobody's, names are asked for one by one. */
const namesOf = (visit: Visit, { id, names, curatorId }: ListedFamily, shown: ShownNames): Markup | null => {
  const { say, staff, path } = visit
  const known = shown?.familyId === id ? shown.names : names
  if (known.length > 0) return html` · <b>${known.join(', ')}</b>`
  if (curatorId === staff.id || shown?.familyId === id) return null
  return html` · ${formTo(
    visit,
    `/console/families/${id}/names`,
    html`<input type="hidden" name="back" value="${path}"><button class="reveal" aria-label="${say.label('consoleFamilies.list.showNames')}"><span aria-hidden="true">••••</span> ${say.label('consoleFamilies.show')}</button>`,
    { class: 'one-button' },
  )}`
}
