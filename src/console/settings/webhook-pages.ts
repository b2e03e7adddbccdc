import { formatShortDay, formatTime } from '#core/dates.ts'
import type { EventType } from '#features/webhooks/event-scopes.ts'
import { html, type Markup } from '#http/markup.ts'
import type { ApiKey } from '#storage/staff/api-keys.ts'
import { type Attempt, type Delivery, deliveryStatuses } from '#storage/webhooks/webhook-deliveries.ts'
import type { Endpoint } from '#storage/webhooks/webhook-endpoints.ts'
import { buttonTo, formTo } from '../form-markup.ts'
import { territoryName } from '../staff/staff-words.ts'
import type { Page, Visit } from '../visit.ts'
import { settingsPage } from './settings-frame.ts'

const at = '/console/settings/webhooks'

const moment = ({ say, deps, now }: Visit, instant: Date): string => {
  const { timeZone } = deps.region
  return `${formatShortDay(say, { instant, timeZone, now })}, ${formatTime(instant, timeZone)}`
}

const stateOf = ({ say }: Visit, { status, pausedFor, failingSince }: Endpoint): Markup =>
  status === 'paused'
    ? html`<span class="state">${say.label(`consoleSettings.webhooks.paused.${pausedFor ?? 'staff'}`)}</span>`
    : failingSince
      ? html`<b class="urgent">${say.label('consoleSettings.webhooks.failing')}</b>`
      : html`${say.label('consoleSettings.webhooks.active')}`

/** Where the centre's systems hear of events. */
export const webhooksPage = (visit: Visit, endpoints: readonly Endpoint[]): Page => {
  const { say } = visit
  const rows = endpoints.map(
    (one) =>
      html`<li class="row"><p><a href="${at}/${one.id}">${one.url}</a><br><span class="why">${stateOf(visit, one)}</span></p></li>`,
  )
  const body = html`<p>${say.label('consoleSettings.webhooks.how')}</p><p class="actions"><a class="next strong" href="${at}/new">${say.label('consoleSettings.webhooks.add')}</a></p>
${rows.length === 0 ? html`<p>${say.label('consoleSettings.webhooks.none')}</p>` : html`<ul class="rows">${rows}</ul>`}`
  return settingsPage(visit, 'webhooks', { body, live: true })
}

export const newWebhookPage = (
  visit: Visit,
  keys: readonly ApiKey[],
  typed: { url: string; key: string } | null,
  problem: string | null,
): Page => {
  const { say } = visit
  const options = keys.map(
    ({ id, name }) => html`<option value="${id}"${typed?.key === id && html` selected`}>${name}</option>`,
  )
  const inside = html`${problem !== null && html`<div class="problem" role="alert"><p>${problem}</p></div>`}
<div class="fields"><label>${say.label('consoleSettings.webhooks.url')}<input name="url" type="url" value="${typed?.url ?? ''}" required maxlength="2048" placeholder="https://"></label>
<label>${say.label('consoleSettings.webhooks.key')}<select name="key" required>${options}</select></label></div>
<p class="note">${say.label('consoleSettings.webhooks.keyNote')}</p><button>${say.label('consoleSettings.webhooks.make')}</button>`
  const body =
    keys.length === 0
      ? html`<p>${say.label('consoleSettings.webhooks.noKeys')}</p>`
      : html`<section>${formTo(visit, at, inside)}</section>`
  return settingsPage(visit, 'webhooks', { title: say.label('consoleSettings.webhooks.add'), body })
}

type Shown = {
  endpoint: Endpoint
  keyName: string | null
  silenced: readonly EventType[]
  deliveries: readonly Delivery[]
  status: string | null
  next: string | null
}

/** One of them, with its deliveries, the newest first. */
export const webhookPage = (
  visit: Visit,
  { endpoint, keyName, silenced, deliveries, status, next }: Shown,
): Page => {
  const { say } = visit
  const { id, events, territories, url } = endpoint
  const fact = (key: string, value: Markup | string) =>
    html`<dt>${say.label(`consoleSettings.webhooks.${key}`)}</dt><dd>${value}</dd>`
  const act = (path: string, key: string) =>
    buttonTo(visit, `${at}/${id}/${path}`, say.label(`consoleSettings.webhooks.${key}`), 'quiet')
  const filters = [null, ...deliveryStatuses].map((one) => {
    const label = say.label(`consoleSettings.webhooks.statuses.${one ?? 'all'}`)
    return html`<a href="${at}/${id}${one === null ? '' : `?status=${one}`}"${one === status && html` aria-current="true"`}>${label}</a> `
  })
  const rows = deliveries.map(
    (one) =>
      html`<li class="row"><p><a href="${at}/${id}/deliveries/${one.id}"><code>${one.type}</code></a> · ${moment(visit, one.createdAt)}<br><span class="why">${say.label(`consoleSettings.webhooks.statuses.${one.status}`)}, ${say.label('consoleSettings.webhooks.attempts', { count: one.attempts })}</span></p></li>`,
  )
  const body = html`<p>${stateOf(visit, endpoint)}</p>
<div class="actions">${endpoint.status === 'active' ? act('pause', 'pause') : act('resume', 'resume')}${act('test', 'test')}${act('replay-failed', 'replayFailed')}<a class="next" href="${at}/${id}/rotate">${say.label('consoleSettings.webhooks.rotate')}</a><a class="next" href="${at}/${id}/remove">${say.label('consoleSettings.webhooks.remove')}</a></div>
<section><dl class="facts">${fact('key', keyName ?? '–')}${fact('events', events.length === 0 ? say.label('consoleSettings.webhooks.allEvents') : events.join(', '))}
${fact('territories', territories.length === 0 ? say.label('consoleSettings.keys.everywhere') : territories.map((code) => territoryName(visit, code)).join('; '))}
${silenced.length > 0 && fact('silenced', silenced.join(', '))}</dl></section>
<section><h2>${say.label('consoleSettings.webhooks.deliveries')}</h2><p class="filters">${filters}</p>
${rows.length === 0 ? html`<p>${say.label('consoleBoard.nothing')}</p>` : html`<ul class="rows">${rows}</ul>`}
${next !== null && html`<nav class="pager" aria-label="${say.label('console.pages')}"><a rel="next" href="${next}">${say.label('console.later')}</a></nav>`}</section>`
  return settingsPage(visit, 'webhooks', { title: new URL(url).host, body, live: true })
}

export const deliveryPage = (
  visit: Visit,
  endpoint: Endpoint,
  { tries, ...delivery }: Delivery & { tries: readonly Attempt[] },
): Page => {
  const { say } = visit
  const finished = delivery.status === 'delivered' || delivery.status === 'failed'
  const rows = tries.map(
    (one) =>
      html`<li class="row"><p>${moment(visit, one.at)} · ${one.status ?? one.error ?? '–'} · ${say.label('consoleSettings.webhooks.took', { ms: one.durationMs })}</p>${one.response !== null && html`<blockquote>${one.response}</blockquote>`}</li>`,
  )
  const body = html`<p><a href="${at}/${endpoint.id}">${endpoint.url}</a></p><p><code>${delivery.eventId}</code> · ${say.label(`consoleSettings.webhooks.statuses.${delivery.status}`)}</p>
${finished && buttonTo(visit, `${at}/${endpoint.id}/deliveries/${delivery.id}/replay`, say.label('consoleSettings.webhooks.replay'))}
<section><h2>${say.label('consoleSettings.webhooks.tries')}</h2>${rows.length === 0 ? html`<p>${say.label('consoleBoard.nothing')}</p>` : html`<ul class="rows">${rows}</ul>`}</section>`
  return settingsPage(visit, 'webhooks', { title: delivery.type, body, live: true })
}
