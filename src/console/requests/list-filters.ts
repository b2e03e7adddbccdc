import { optionLabel } from '#dialogue/intake/option-label-view.ts'
import { type RequestFilter, type RequestList, requestViews } from '#features/worklist/request-list.ts'
import { html, type Markup } from '#http/markup.ts'
import { mostOver } from '#storage/worklist/requests-of-staff.ts'
import type { Visit } from '../visit.ts'
import { listAddress } from './request-filter.ts'

type Facts = Pick<RequestList, 'counts' | 'facets'> & { filter: RequestFilter }

/** The views with how many each has. */
export const viewTabs = ({ say }: Visit, { counts, filter }: Facts): Markup => {
  const tabs = requestViews.map((view) => {
    const count = counts[view] >= mostOver ? `${mostOver}+` : counts[view]
    const here = view === filter.view
    return html`<li><a href="${listAddress({ view })}"${here ? html` aria-current="page"` : null}>${say.label(`consoleRequests.views.${view}`)} <span class="count">${count}</span></a></li>`
  })
  return html`<nav class="tabs" aria-label="${say.label('consoleRequests.viewsName')}"><ul>${tabs}</ul></nav>`
}

/** What a view can be narrowed down to: each is a link, and the chosen one leads back. */
export const filterLinks = (visit: Visit, facts: Facts): Markup => {
  const { say, deps } = visit
  const { facets, filter } = facts
  const { code } = deps.region
  const link = (label: string, change: Partial<RequestFilter>, on: boolean, count: number | null) => {
    const to = listAddress({ ...filter, ...change })
    return html`<li><a href="${to}"${on ? html` aria-current="true"` : null}>${label}${count !== null && html` <span class="count">${count}</span>`}</a></li>`
  }
  const group = <K extends 'territory' | 'source' | 'kind'>(
    name: K,
    found: ReadonlyMap<NonNullable<RequestFilter[K]>, number | null>,
    label: (one: string) => string,
  ) => {
    const chosen = filter[name]
    if (found.size < 2 && chosen === undefined) return null
    const links = [...found].map(([one, count]) =>
      link(label(one), { [name]: chosen === one ? undefined : one }, chosen === one, count),
    )
    return html`<p id="by-${name}">${say.label(`consoleRequests.by.${name}`)}</p><ul class="chips" aria-labelledby="by-${name}">${links}</ul>`
  }
  const groups = [
    group('territory', facets.territory, (one) => optionLabel(say, code, 'territory', one)),
    group('source', facets.source, (one) => say.label(`consoleRequests.sources.${one}`)),
    group('kind', facets.kind, (one) => say.label(`consoleRequests.kinds.${one}`)),
  ].filter((one) => one !== null)
  const { urgent = false, overdue = false, order } = filter
  const other = order === 'pressing' ? 'newest' : 'pressing'
  const open = filter.territory ?? filter.source ?? filter.kind
  return html`<ul class="chips" aria-label="${say.label('consoleRequests.narrow')}">
${link(say.label('consoleRequests.urgent'), { urgent: !urgent }, urgent, facets.urgent)}
${facets.overdue !== null && link(say.label('consoleRequests.overdue'), { overdue: !overdue }, overdue, facets.overdue)}
${facets.overdue !== null && html`<li class="apart"><a href="${listAddress({ ...filter, order: other })}">${say.label(`consoleRequests.order.${other}`)}</a></li>`}
</ul>
${groups.length > 0 && html`<details class="narrow" id="narrow" hx-morph-skip${open === undefined ? null : html` open`}><summary>${say.label('consoleRequests.more')}</summary>${groups}</details>`}`
}
