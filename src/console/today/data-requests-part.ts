import type { DayAtDesk } from '#features/worklist/day-at-desk.ts'
import { html, type Markup } from '#http/markup.ts'
import { rowOf } from '../data-requests/list-page.ts'
import type { Visit } from '../visit.ts'

/** Requests about data whose term presses. */
export const dataRequestsPart = (visit: Visit, requests: DayAtDesk['dataRequests']): Markup | null =>
  requests.length === 0
    ? null
    : html`<section id="data-requests"><h2>${visit.say.label('consoleDataRequests.today')}</h2>
<ul class="rows">${requests.map((one) => rowOf(visit, one))}</ul></section>`
