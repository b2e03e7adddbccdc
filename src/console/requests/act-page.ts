import { formatTime } from '#core/dates.ts'
import { errorTexts } from '#dialogue/errors.ts'
import { historyOfCase } from '#features/requests/case-history.ts'
import type { Case } from '#features/requests/cases.ts'
import { html, type Markup, told } from '#http/markup.ts'
import type { Typed } from '../typed.ts'
import { formTo } from '../form-markup.ts'
import type { Wrong } from '../routes.ts'
import { asShown, clashLines, standsAs } from '../standing.ts'
import type { Page, Visit } from '../visit.ts'
import { safetyOf, titleOf } from './card-head.ts'
import { type RestingAct, requestStanding } from './request-standing.ts'

export type Act = {
  request: Case
  /** What the page is for. */
  title: string
  /** Where its form leads, after the request's own address. */
  path: string
  /** On what of the request it rests. */
  rests: RestingAct
  fields: Markup
  button: string
  danger?: true
  /** Another way on, beside the button. */
  also?: Markup
  /** A page on the way to another: what was typed so far, with how the request stood when it began. */
  typed?: Typed
  /** Why it was not done. */
  wrong?: Markup | false | null
}

/** One act on a request: what is not safe first, then its fields and one button. */
export const actPage = (
  visit: Visit,
  { request, title, path, rests, fields, button, danger, also, typed, wrong }: Act,
): Page => {
  const { say } = visit
  const { id } = request
  const inside = html`${typed ? asShown(typed) : standsAs(requestStanding(visit, request, rests))}${fields}
<div class="actions"><button${danger ? html` class="danger"` : null}>${button}</button>${also}<a class="next" href="/console/requests/${id}">${say.label('consoleRequests.back')}</a></div>`
  const body = html`<p class="note crumb"><a href="/console/requests/${id}">${titleOf(visit, request)}</a></p><h1>${title}</h1>
${safetyOf(visit, request)}
${wrong}
<section>${formTo(visit, `/console/requests/${id}${path}`, inside, { id: 'act' })}</section>`
  return { title: `${title} · ${request.number}`, section: 'requests', place: `requests/${id}`, body }
}

/** Why a form was not carried out; if the request has changed meanwhile, what happened last. */
export const wrongMarkup = async (
  visit: Visit,
  { request, rests, wrong, tooLong }: { request: Case; rests: RestingAct; wrong: Wrong; tooLong?: string },
): Promise<Markup> => {
  const { say, deps, staff } = visit
  const { id: requestId } = request
  const alert = (text: Markup | string) => html`<p class="wrong" role="alert">${text}</p>`
  if (wrong.code === 'invalid-input') return alert(tooLong ?? say.label('consoleRequests.wrong.fields'))
  if (wrong.code !== 'stale') return alert(told(say, errorTexts[wrong.code]))
  const [last] = await historyOfCase(deps.database, { requestId, staffId: staff.id })
  if (!last) return alert(say.label('consoleRequests.wrong.changed'))
  const time = formatTime(last.at, deps.region.timeZone)
  const what = say.label(`consoleRequests.steps.${last.kind}`)
  const step = [what, last.name].filter(Boolean).join(', ')
  const lines = clashLines(visit, requestStanding(visit, request, rests), wrong.fields)
  return html`<div class="wrong" role="alert"><p>${say.label('consoleRequests.wrong.changed')} ${say.label('consoleRequests.wrong.last', { time, step })}</p>${lines}</div>`
}

/** A field of one line or more, with what was typed. */
export const textField = (
  name: string,
  {
    label,
    most,
    value = '',
    rows = 3,
    hint = null,
    required = true,
  }: { label: string; most: number; value?: string; rows?: number; hint?: string | null; required?: boolean },
): Markup => {
  const described = hint === null ? null : html` aria-describedby="${name}-hint"`
  return html`<label for="${name}">${label}</label><textarea id="${name}" name="${name}" rows="${rows}" maxlength="${most}"${required ? html` required` : null}${described}>${value}</textarea>${hint !== null && html`<p class="note" id="${name}-hint">${hint}</p>`}`
}

type Choice = { value: string; label: Markup | string; note?: Markup | string | null; checked?: boolean }

/** One of several, all of them seen at once. */
export const choicesOf = (
  name: string,
  legend: string,
  choices: readonly Choice[],
  required = true,
): Markup =>
  html`<fieldset class="choices"><legend>${legend}</legend>${choices.map(
    ({ value, label, note = null, checked }) =>
      html`<label class="choice"><input type="radio" name="${name}" value="${value}"${required ? html` required` : null}${checked ? html` checked` : null}><span>${label}${note !== null && html`<br><small>${note}</small>`}</span></label>`,
  )}</fieldset>`
