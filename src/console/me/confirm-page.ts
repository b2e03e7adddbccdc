import { html } from '#http/markup.ts'
import { waysIn } from '../sign-in/sign-in-pages.ts'
import type { Page, Visit } from '../visit.ts'

/** «Подтвердите, что это вы»: before what leaves the centre, and before changes of who may do what. */
export const confirmPage = (visit: Visit, to: string | undefined): Page => {
  const { say, deps, origin, now } = visit
  const title = say.label('console.failures.confirm.title')
  const body = html`<h1>${title}</h1><p>${say.label('consoleMe.why')}</p>
${waysIn(say, { deps, origin, to: to ?? '/console/confirm?done=confirmed', now })}
<p class="note">${say.label('consoleMe.byLink')}</p>`
  return { title, section: null, body }
}
