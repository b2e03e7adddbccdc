import { formatDay, formatDayUntil } from '#core/dates.ts'
import { optionLabel } from '#dialogue/intake/option-label-view.ts'
import type { Case } from '#features/requests/cases.ts'
import { type MergeProblem, mergeProblem } from '#features/requests/merge-rules.ts'
import type { Likeness } from '#features/requests/proposed-duplicates.ts'
import { html, type Markup } from '#http/markup.ts'
import type { RequestSummary } from '#storage/requests/requests.ts'
import type { Page, Visit } from '../visit.ts'
import { actPage, choicesOf } from './act-page.ts'
import { safetyOf, stateOf, titleOf } from './card-head.ts'
import { storyOf } from './card-words.ts'
import type { Card } from './load-card.ts'

export type Candidate = {
  request: Pick<
    RequestSummary,
    'id' | 'number' | 'kind' | 'applicant' | 'territory' | 'submittedAt' | 'urgent'
  >
  like: readonly Likeness[]
}

type Choosing = {
  request: Case
  proposed: readonly Candidate[]
  /** What was looked for by number; null: nothing was. */
  asked: { number: string; found: Candidate | null } | null
}

/** Open requests that may be about the same, and any other by its number. */
export const mergeChoicePage = (visit: Visit, { request, proposed, asked }: Choosing): Page => {
  const { say } = visit
  const title = say.label('consoleMerge.title')
  const base = `/console/requests/${request.id}`
  const rows = (all: readonly Candidate[]) =>
    html`<ul class="rows">${all.map((one) => candidateRow(visit, request, one))}</ul>`
  const found =
    asked &&
    (asked.found
      ? rows([asked.found])
      : html`<p role="status">${say.label('consoleMerge.noNumber', { number: asked.number })}</p>`)
  const body = html`<p class="note crumb"><a href="${base}">${titleOf(visit, request)}</a></p><h1>${title}</h1>
${safetyOf(visit, request)}
<section><p>${say.label('consoleMerge.about')}</p>
${proposed.length === 0 ? html`<p class="note">${say.label('consoleMerge.none')}</p>` : html`<h2>${say.label('consoleMerge.alike')}</h2>${rows(proposed)}`}</section>
<section><form method="get" action="${base}/merge"><label for="number">${say.label('consoleMerge.number')}</label><input id="number" name="number" value="${asked?.number ?? ''}" maxlength="20" autocomplete="off" required><div class="actions"><button class="quiet">${say.label('consoleMerge.look')}</button><a class="next" href="${base}">${say.label('consoleRequests.back')}</a></div></form>${found}</section>`
  return { title: `${title} · ${request.number}`, section: 'requests', place: `requests/${request.id}`, body }
}

const candidateRow = (visit: Visit, request: Case, { request: one, like }: Candidate): Markup => {
  const { say, deps, now } = visit
  const { timeZone, code } = deps.region
  const facts = [
    say.label(`case.applicants.${one.applicant}`),
    optionLabel(say, code, 'territory', one.territory),
    say.label('consoleRequests.cameOn', { day: formatDay(say, { instant: one.submittedAt, timeZone, now }) }),
  ]
  const why = like.map((one) => say.label(`consoleMerge.like.${one}`)).join(', ')
  return html`<li class="row"><p>${one.urgent && html`<b class="urgent">${say.label('console.urgent')}</b> `}<b>${one.number}</b> · ${facts.join(' · ')}${why !== '' && html`<br><span class="why">${why}</span>`}</p>
<a class="next" href="/console/requests/${request.id}/merge/${one.id}">${say.label('consoleMerge.compare')}<span class="hidden"> ${one.number}</span></a></li>`
}

export type Pair = { here: Card; other: Card }

/** So much of a story stands on each side (characters). */
const mostOfStory = 1_500

/** Both side by side, which one stays, and what it will be. */
export const mergePage = (visit: Visit, { here, other }: Pair, wrong: Markup | null): Page => {
  const { say } = visit
  const stays = [here.request, other.request].filter((kept) => problemOf(kept, { here, other }) === null)
  const path = `/merge/${other.request.id}`
  const sides = html`<div class="pair">${[here, other].map((card) => sideOf(visit, card))}</div>`
  if (stays.length === 0) return cannotPage(visit, { here, other }, sides)
  const why = onlyWhy({ here, other })
  const choices = stays.map((kept, index) => ({
    value: kept.id,
    label: titleOf(visit, kept),
    note: kept.claimedBy ? say.label('consoleRequests.holder.has', { name: kept.claimedBy.name }) : null,
    checked: stays.length === 1 || index === 0,
  }))
  const fields = html`${sides}
${choicesOf('keep', say.label('consoleMerge.which'), choices)}
${stays.length === 1 && html`<p class="note">${say.label(`consoleMerge.only.${why}`)}</p>`}
<h2>${say.label('consoleMerge.willBe')}</h2><ul>${effects(visit, { here, other }).map((line) => html`<li>${line}</li>`)}</ul>`
  return actPage(visit, {
    request: here.request,
    title: say.label('consoleMerge.pair', { number: other.request.number }),
    path,
    rests: 'merge',
    fields,
    button: say.label('consoleMerge.yes'),
    also: html`<a class="next" href="/console/requests/${here.request.id}/merge">${say.label('consoleMerge.other')}</a>`,
    wrong,
  })
}

const problemOf = (kept: Case, { here, other }: Pair): MergeProblem | null =>
  mergeProblem(kept, kept.id === here.request.id ? other.request : here.request)

/** Why only one of them may stay. */
const onlyWhy = ({ here, other }: Pair): MergeProblem => {
  const problems = [here, other].map(({ request }) => problemOf(request, { here, other }))
  return problems.find((problem) => problem !== null) ?? 'claimed'
}

const cannotPage = (visit: Visit, pair: Pair, sides: Markup): Page => {
  const { say } = visit
  const { request } = pair.here
  const title = say.label('consoleMerge.pair', { number: pair.other.request.number })
  const body = html`<p class="note crumb"><a href="/console/requests/${request.id}">${titleOf(visit, request)}</a></p><h1>${title}</h1>
<p class="wrong" role="alert">${say.label(`consoleMerge.cannot.${onlyWhy(pair)}`)}</p>${sides}
<div class="actions"><a class="next" href="/console/requests/${request.id}/merge">${say.label('consoleMerge.other')}</a></div>`
  return { title, section: 'requests', place: `requests/${request.id}`, body }
}

const sideOf = (visit: Visit, card: Card): Markup => {
  const { say, deps, now } = visit
  const { request, words, opening } = card
  const { timeZone, code } = deps.region
  const { submittedAt, dueAt, territory, applicant, underTen, helpKinds, source } = request
  const day = (instant: Date) => formatDay(say, { instant, timeZone, now })
  const help = helpKinds.map((kind) => optionLabel(say, code, 'helpKinds', kind)).join(', ')
  const rows = [
    ['who', say.label(`case.applicants.${underTen ? 'underTen' : applicant}`)],
    ['territory', optionLabel(say, code, 'territory', territory)],
    ['came', `${day(submittedAt)} · ${say.label(`consoleRequests.sources.${source}`)}`],
    ['due', say.label('consoleMerge.until', { day: formatDayUntil(say, { instant: dueAt, timeZone, now }) })],
    ...(help === '' ? [] : [['help', help] as const]),
  ] as const
  const story = words
    ? storyOf(visit, { requestId: request.id, content: words.content }, mostOfStory)
    : html`<p class="note">${say.label(opening === 'kept' ? 'consoleRequests.kept' : 'consoleMerge.closedWords')}</p>`
  return html`<section class="side"><h2><a href="/console/requests/${request.id}">${titleOf(visit, request)}</a></h2>${request.urgent && html`<p><b class="urgent">${say.label('console.urgent')}</b></p>`}
${stateOf(visit, card)}<dl class="facts">${rows.map(([name, value]) => html`<dt>${say.label(`consoleRequests.facts.${name}`)}</dt><dd>${value}</dd>`)}</dl>${story}</section>`
}

/** What the one that stays will be, and who learns of it. */
const effects = ({ say, deps, now }: Visit, { here, other }: Pair): string[] => {
  const [one, two] = [here.request, other.request]
  const { timeZone } = deps.region
  const instant = one.dueAt <= two.dueAt ? one.dueAt : two.dueAt
  const until = formatDayUntil(say, { instant, timeZone, now })
  const told = one.personId === two.personId && [one, two].some(({ source }) => source === 'bot')
  return [
    say.label('consoleMerge.effects.words'),
    say.label('consoleMerge.effects.term', { until }),
    ...(one.urgent !== two.urgent ? [say.label('consoleMerge.effects.urgent')] : []),
    say.label(told ? 'consoleMerge.effects.told' : 'consoleMerge.effects.untold'),
    say.label('consoleMerge.effects.undo'),
  ]
}
