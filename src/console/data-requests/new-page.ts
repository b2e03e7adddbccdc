import { askers } from '#features/data-requests/data-request-content.ts'
import { html } from '#http/markup.ts'
import { dataRequestKinds } from '#storage/data-requests/data-requests.ts'
import { formTo } from '../form-markup.ts'
import type { Page, Visit } from '../visit.ts'

export const paperSources = ['in-person', 'letter', 'email', 'phone'] as const

/** A request that came on paper. `wrong`: what did not fit, in words. */
export const newDataRequestPage = (
  visit: Visit,
  { typed = {}, wrong = null }: { typed?: Readonly<Record<string, string>>; wrong?: string | null } = {},
): Page => {
  const { say } = visit
  const title = say.label('consoleDataRequests.newTitle')
  const label = (key: string) => say.label(`consoleDataRequests.fields.${key}`)
  const options = (
    group: 'kinds' | 'sources' | 'askers',
    codes: readonly string[],
    chosen: string | undefined,
  ) =>
    codes.map(
      (code) =>
        html`<option value="${code}"${code === chosen && html` selected`}>${say.label(`consoleDataRequests.${group}.${code}`)}</option>`,
    )
  const inside = html`<div class="fields">
<label>${label('kind')}<select name="kind">${options('kinds', dataRequestKinds, typed.kind)}</select></label>
<label>${label('source')}<select name="source">${options('sources', paperSources, typed.source)}</select></label>
<label>${label('receivedOn')}<input type="date" name="receivedOn" value="${typed.receivedOn ?? ''}" required></label>
<label>${label('number')}<input name="number" value="${typed.number ?? ''}" required maxlength="20"><span class="note">${label('numberNote')}</span></label>
<label>${label('asker')}<select name="asker">${options('askers', askers, typed.asker)}</select><span class="note">${label('askerNote')}</span></label>
<label>${label('name')}<input name="name" value="${typed.name ?? ''}" maxlength="200"></label>
<label>${label('answerTo')}<input name="answerTo" value="${typed.answerTo ?? ''}" maxlength="300"></label></div>
<label>${label('words')}<textarea name="words" rows="4" maxlength="2000">${typed.words ?? ''}</textarea></label>
<p class="note">${label('who')}</p>
<button>${say.label('consoleDataRequests.save')}</button>`
  const body = html`<p class="note crumb"><a href="/console/data-requests">${say.label('consoleDataRequests.title')}</a></p><h1>${title}</h1>
<section>${wrong !== null && html`<div class="problem" role="alert"><p>${wrong}</p></div>`}${formTo(visit, '/console/data-requests/new', inside)}</section>`
  return { title, section: 'data', body }
}
