import { formatDay, formatTime } from '#core/dates.ts'
import { answerInWords } from '#dialogue/intake/summary-view.ts'
import type { RequestLine } from '#features/requests/conversation.ts'
import type { DecisionWord } from '#features/requests/decision.ts'
import { html, type Markup, told } from '#http/markup.ts'
import { toldOf } from '../mentions.ts'
import type { Visit } from '../visit.ts'
import { fileOfRequest } from './card-files.ts'
import type { Card, CaseWords } from './load-card.ts'

type Shown = { requestId: string; words: CaseWords }

/** So much of a story and of a talk stands on the card; the whole has a page of its own (characters). */
const mostOfStory = 4_000
const mostOfTalk = 9_000

/** They stand at the top of the card. */
const saidAtOnce: readonly string[] = ['applicant', 'territory', 'helpKinds']

/** The answers of the questionnaire, and the story with what was sent with it. */
export const answersOf = (visit: Visit, { requestId, words }: Shown): Markup => {
  const { say } = visit
  const { content, asked, merged } = words
  const others = merged.map(
    (one, index) =>
      html`<section><h2>${told(say, 'case.mergedFrom', { number: one.number })}</h2>${storyOf(visit, { requestId, content: one.content, key: `m${index}-` }, mostOfStory)}${answerList(visit, one)}</section>`,
  )
  return html`<section id="answers"><h2>${say.label('consoleRequests.story')}</h2>
${storyOf(visit, { requestId, content }, mostOfStory)}
${answerList(visit, { content, asked: asked.filter((id) => !saidAtOnce.includes(id)) })}</section>${others}`
}

const answerList = ({ say, deps }: Visit, { content, asked }: Pick<CaseWords, 'content' | 'asked'>) => {
  const answers = asked.map(
    (id) =>
      html`<dt>${say.label(`question.${id}.short`)}</dt><dd>${{ markup: answerInWords(say, deps.region, id, content) }}</dd>`,
  )
  return answers.length === 0
    ? null
    : html`<h3>${say.label('case.details')}</h3><dl class="facts">${answers}</dl>`
}

/** The story in the family's own words; `most`: what is longer is cut, with a way to the whole. */
export const storyOf = (
  visit: Visit,
  { requestId, content, key = 's' }: { requestId: string; content: CaseWords['content']; key?: string },
  most: number,
): Markup => {
  const { say } = visit
  const { ownWords, ownFiles = [] } = content
  const letters = [...(ownWords ?? '')]
  const cut = letters.length > most
  const text = cut ? `${letters.slice(0, most).join('')}…` : ownWords
  const files = ownFiles.map((file, index) =>
    fileOfRequest(visit, { requestId, key: `${key}${index}`, file }),
  )
  if (!text && files.length === 0) return html`<p>${say.label('case.noStory')}</p>`
  return html`${text && html`<blockquote>${text}</blockquote>`}${cut && wholeLink(visit, requestId)}${files}`
}

const wholeLink = ({ say }: Visit, requestId: string): Markup =>
  html`<p><a href="/console/requests/${requestId}/words">${say.label('consoleRequests.whole')}</a></p>`

const isTalk = ({ kind }: RequestLine): boolean => kind === 'note' || kind === 'answer'

/** Those of the request and of what was merged into it, in their order. */
export const linesOf = ({ lines, merged }: CaseWords): RequestLine[] =>
  [...lines, ...merged.flatMap((one) => one.lines)].sort((a, b) => a.at.getTime() - b.at.getTime())

/** What the family and the centre have written to each other since, the latest last. */
export const talkOf = (visit: Visit, { requestId, words }: Shown): Markup => {
  const { say } = visit
  const talk = linesOf(words).filter(isTalk)
  const shown = latest(talk, mostOfTalk)
  if (talk.length === 0) return html`<p class="note">${say.label('consoleRequests.noTalk')}</p>`
  return html`${shown.length < talk.length && wholeLink(visit, requestId)}<ol class="talk">${shown.map((line) => lineOf(visit, { requestId, words }, line))}</ol>`
}

/** What only staff read: notes, and reasons of steps. */
export const notesOf = (visit: Visit, { requestId, words }: Shown): Markup | null => {
  const notes = latest(
    linesOf(words).filter((line) => !isTalk(line)),
    mostOfTalk,
  )
  return notes.length === 0
    ? null
    : html`<ol class="talk">${notes.map((line) => lineOf(visit, { requestId, words }, line))}</ol>`
}

/** The last ones that fit, and the very last anyway. */
const latest = (lines: readonly RequestLine[], most: number): readonly RequestLine[] => {
  let size = 0
  const first = lines.findLastIndex(({ text }) => {
    size += text.length + 100
    return size > most
  })
  return lines.slice(Math.max(0, Math.min(first + 1, lines.length - 1)))
}

export const lineOf = (visit: Visit, { requestId, words }: Shown, line: RequestLine): Markup => {
  const { say, deps, now } = visit
  const { timeZone } = deps.region
  const { id, at, kind, text, file, staffId } = line
  const named = (ids: readonly string[]) => ids.flatMap((one) => words.names.get(one) ?? [])
  const told = toldOf(visit, { told: named(line.mentioned), kept: named(line.keptFrom) })
  const name = words.names.get(staffId ?? '') ?? ''
  const when = `${formatDay(say, { instant: at, timeZone, now })}, ${formatTime(at, timeZone)}`
  return html`<li class="${kind}"><p class="note">${say.label(`consoleRequests.lines.${kind}`)}${name !== '' && html`, ${name}`} · ${when}${told}</p>
${text !== '' && html`<p class="said-words">${text}</p>`}${file && fileOfRequest(visit, { requestId, key: `n${id}`, file })}</li>`
}

/** With what the request was closed. */
export const decisionMarkup = ({ say, deps, now }: Visit, { words }: Pick<Card, 'words'>): Markup | null => {
  const decision = words?.decision
  if (!decision) return null
  const { outcome, by, at } = decision
  const day = formatDay(say, { instant: at, timeZone: deps.region.timeZone, now })
  const rows = Object.entries(decision.words).map(
    ([word, text]) =>
      html`<dt>${say.label(`consoleRequests.words.${word as DecisionWord}`)}</dt><dd>${text}</dd>`,
  )
  return html`<section><h2>${say.label(`decide.outcomes.${outcome}`)}</h2><p>${say.label(`decision.by.${by}`, { day })}</p>${rows.length > 0 && html`<dl class="facts">${rows}</dl>`}</section>`
}
