import { formatShortDay, formatTime } from '#core/dates.ts'
import type { AuditLine } from '#features/staff/audit-for-administrators.ts'
import type { Verified } from '#features/staff/audit-chain.ts'
import { html, type Markup } from '#http/markup.ts'
import { auditActions } from '#storage/staff/audit-actions.ts'
import type { SeenData } from '#storage/staff/audit.ts'
import type { Page, Visit } from '../visit.ts'
import { settingsPage } from './settings-frame.ts'

const at = '/console/settings/audit'

const moment = ({ say, deps, now }: Visit, instant: Date): string => {
  const { timeZone } = deps.region
  return `${formatShortDay(say, { instant, timeZone, now })}, ${formatTime(instant, timeZone)}`
}

export type AuditQuery = {
  action?: string | undefined
  staff?: string | undefined
  before?: string | undefined
}
type Person = { id: string; name: string }

/** One that has no words yet is shown by its code. */
const actionName = ({ say }: Visit, action: string): string => {
  const key = `consoleSettings.audit.actions.${action.replace('.', '-')}`
  return say.has(key) ? say.label(key) : action
}

/** Who has looked at what, and changed what; the newest first. */
export const auditPage = (
  visit: Visit,
  {
    lines,
    next,
    query,
    people,
  }: { lines: readonly AuditLine[]; next: string | null; query: AuditQuery; people: readonly Person[] },
): Page => {
  const { say } = visit
  const kept = (more: Record<string, string>) =>
    new URLSearchParams({
      ...(query.action && { action: query.action }),
      ...(query.staff && { staff: query.staff }),
      ...more,
    }).toString()
  const rows = lines.map(
    (
      line,
    ) => html`<tr><td data-label="${say.label('consoleSettings.audit.when')}">${moment(visit, line.at)}</td><th scope="row">${line.who ?? say.label('consoleSettings.audit.operator')}</th>
<td data-label="${say.label('consoleSettings.audit.what')}">${actionName(visit, line.action)}</td><td data-label="${say.label('consoleSettings.audit.about')}">${about(visit, line)}</td></tr>`,
  )
  const head = (key: string) => html`<th scope="col">${say.label(`consoleSettings.audit.${key}`)}</th>`
  const body = html`<p>${say.label('consoleSettings.audit.how')}</p>
<form class="filter" method="get" action="${at}"><div class="fields">${choose(
    visit,
    'action',
    query.action,
    auditActions.map((one) => ({ id: one, name: actionName(visit, one) })),
  )}${choose(visit, 'staff', query.staff, people)}</div><button>${say.label('consoleSettings.audit.filter')}</button></form>
<p class="actions"><a class="next" href="${at}/export?${kept({})}">${say.label('consoleSettings.audit.export')}</a><a class="next" href="${at}/seen">${say.label('consoleSettings.audit.seen')}</a><a class="next" href="${at}/check">${say.label('consoleSettings.audit.check')}</a></p>
${rows.length === 0 ? html`<p>${say.label('consoleBoard.nothing')}</p>` : html`<div class="wide"><table class="people"><caption class="hidden">${say.label('consoleSettings.parts.audit')}</caption><thead><tr>${head('when')}${head('who')}${head('what')}${head('about')}</tr></thead><tbody>${rows}</tbody></table></div>`}
${next !== null && html`<nav class="pager" aria-label="${say.label('console.pages')}"><a rel="next" href="${at}?${kept({ before: next })}">${say.label('consoleSettings.audit.older')}</a></nav>`}`
  return settingsPage(visit, 'audit', { body })
}

const choose = (
  { say }: Visit,
  name: 'action' | 'staff',
  chosen: string | undefined,
  options: readonly Person[],
): Markup =>
  html`<label>${say.label(`consoleSettings.audit.${name}`)}<select name="${name}"><option value="">${say.label('consoleSettings.audit.all')}</option>${options.map(({ id, name: label }) => html`<option value="${id}"${id === chosen && html` selected`}>${label}</option>`)}</select></label>`

const about = (
  { say }: Visit,
  { requestId, requestNumber, familyId, familyNumber, subject }: AuditLine,
): Markup | null =>
  familyId !== null
    ? html`<a href="/console/families/${familyId}">${say.label('console.familyNumber', { number: familyNumber ?? '' })}</a>`
    : requestId !== null
      ? html`<a href="/console/requests/${requestId}">${say.label('console.requestNumber', { number: requestNumber ?? '' })}</a>`
      : subject === null
        ? null
        : html`${subject}`

/** Whose data somebody has opened. Asking is audited. */
export const seenPage = (
  visit: Visit,
  {
    by,
    since,
    people,
    items,
    next,
  }: {
    by: string | null
    since: string
    people: readonly Person[]
    items: readonly SeenData[]
    next: string | null
  },
): Page => {
  const { say } = visit
  const rows = items.map(
    (
      one,
    ) => html`<li class="row"><p>${one.familyId ? html`<a href="/console/families/${one.familyId}">${say.label('console.familyNumber', { number: one.familyNumber ?? '' })}</a>` : one.requestId ? html`<a href="/console/requests/${one.requestId}">${say.label('console.requestNumber', { number: one.requestNumber ?? '' })}</a>` : say.label('consoleSettings.audit.many')}<br>
<span class="why">${one.actions.map((action) => actionName(visit, action)).join('; ')}</span></p><p class="note">${say.label('consoleSettings.audit.times', { count: one.times })}, ${moment(visit, one.lastAt)}</p></li>`,
  )
  const form = html`<form class="filter" method="get" action="${at}/seen"><div class="fields">
<label>${say.label('consoleSettings.audit.by')}<select name="by" required><option value="">–</option>${people.map(({ id, name }) => html`<option value="${id}"${id === by && html` selected`}>${name}</option>`)}</select></label>
<label>${say.label('consoleSettings.audit.since')}<input type="date" name="since" value="${since}" required></label></div><button>${say.label('consoleSettings.audit.showSeen')}</button></form>`
  const found =
    rows.length === 0
      ? html`<p>${say.label('consoleBoard.nothing')}</p>`
      : html`<ul class="rows">${rows}</ul>`
  const body = html`<p>${say.label('consoleSettings.audit.seenHow')}</p>${form}${by !== null && found}${next !== null && html`<nav class="pager" aria-label="${say.label('console.pages')}"><a rel="next" href="${next}">${say.label('console.later')}</a></nav>`}`
  return settingsPage(visit, 'audit', { title: say.label('consoleSettings.audit.seen'), body })
}

/** Whether the audit is as it was written. */
export const checkedPage = (visit: Visit, verified: Verified | null): Page => {
  const { say } = visit
  const body =
    verified === null
      ? html`<p>${say.label('consoleSettings.audit.tooLong')}</p>`
      : verified.broken
        ? html`<p class="problem">${say.label(`consoleSettings.audit.broken.${verified.broken.why}`, { day: verified.broken.day })}</p><p>${say.label('consoleSettings.audit.brokenNote')}</p>`
        : html`<p>${say.label('consoleSettings.audit.whole', { count: verified.intact })}</p><p class="note">${say.label('consoleSettings.audit.wholeNote')}</p>`
  return settingsPage(visit, 'audit', { title: say.label('consoleSettings.audit.check'), body })
}
