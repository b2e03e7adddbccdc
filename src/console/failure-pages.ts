import type { ErrorCode } from '#core/errors.ts'
import type { Say } from '#core/text.ts'
import { errorTexts } from '#dialogue/errors.ts'
import { html, type Markup, told } from '#http/markup.ts'
import { formTo, hiddenFields } from './form-markup.ts'
import { documentOf } from './layout.ts'
import { clashLines, type Standing, standsAs } from './standing.ts'
import type { Typed } from './typed.ts'
import type { Visit } from './visit.ts'

/** Why a page or form is not to be had, besides refusals of the features. */
export type Failure =
  | 'gone'
  | 'ended'
  | 'left'
  | 'refused'
  /** No `Origin`: something between the browser and the console has taken it away. */
  | 'unsaid'
  | 'busy'
  | 'failed'
  | 'notOpened'
  | 'fileAway'
  | 'again'
  | 'confirm'
  | 'unknown'
  | 'away'

/** After these one has to come in anew. */
const outside: readonly string[] = ['ended', 'left', 'unknown', 'away'] satisfies Failure[]

/** A page with a single notice. */
export const noticePage = (say: Say, failure: Failure): string => {
  const title = say.label(`console.failures.${failure}.title`)
  const body = html`<main class="notice"><h1>${title}</h1><p>${say.label(`console.failures.${failure}.text`)}</p>
${failure === 'gone' && html`<p><a href="/console">${say.label('console.sections.today')}</a></p>`}
${outside.includes(failure) && html`<p><a class="next" href="/console/enter">${say.label('console.signIn.title')}</a></p>`}</main>`
  return documentOf(say, { title, body, live: false })
}

/**
 * A form that was not carried out, with all that was typed in it: nothing is lost, and one button sends it again. `visit`: whoever
 * is in the console; null if the session has ended, then the button works after a new one was opened in another tab.
 */
export const retryPage = (
  say: Say,
  {
    reason,
    action,
    typed,
    visit,
    anew,
  }: {
    reason: Failure | ErrorCode
    action: string
    typed: Typed
    visit: Pick<Visit, 'deps' | 'session'> | null
    /** What somebody else has changed meanwhile: sent again, the form knows of it. */
    anew?: { standing: Standing; clashes: readonly string[] } | undefined
  },
): string => {
  const isRefusal = reason in errorTexts
  const title = say.label(`console.failures.${isRefusal ? 'notDone' : reason}.title`)
  const why = isRefusal
    ? told(say, reason === 'stale' ? 'console.failures.stale' : errorTexts[reason as ErrorCode])
    : told(say, `console.failures.${reason}.text`)
  const left: readonly string[] = [...hiddenFields, ...(anew ? ['revision'] : [])]
  const kept = Object.entries(typed).filter(([name]) => !left.includes(name))
  const isSeen = kept.some(([name]) => say.has(fieldKey(name)))
  const fields = kept.flatMap(([name, values]) => [values].flat().map((value) => fieldOf(say, name, value)))
  const button = html`<button>${say.label('console.failures.send')}</button>`
  const { draft } = typed
  // Without a standing nothing says what has changed, and a form that says nothing of it rests upon all.
  const stood = anew
    ? standsAs(anew.standing)
    : typeof typed.stood === 'string' && html`<input type="hidden" name="stood" value="${typed.stood}">`
  const inside = html`${stood}${fields}${button}`
  const form = visit
    ? formTo(visit, action, inside, typeof draft === 'string' ? { draft } : {})
    : html`<form method="post" action="${action}">${inside}${typeof draft === 'string' && html`<input type="hidden" name="draft" value="${draft}">`}</form>`
  const body = html`<main class="notice"><h1>${title}</h1><p>${why}</p>
${anew && clashLines({ say }, anew.standing, anew.clashes)}${wayOf(say, reason)}
${isSeen && html`<p class="note">${say.label('console.failures.kept')}</p>`}
${form}<p><a href="/console">${say.label('console.sections.today')}</a></p></main>`
  return documentOf(say, { title, body, live: false })
}

/** What has to be done in another tab first, because this one keeps what was typed. */
const wayOf = (say: Say, reason: string): Markup | null => {
  const to = reason === 'ended' ? '/console/enter' : reason === 'confirm' ? '/console/confirm' : null
  return (
    to &&
    html`<p><a class="next" href="${to}" target="_blank">${say.label(`console.failures.${reason}.open`)}</a></p>`
  )
}

const longWords = 60
const fieldKey = (name: string) => `console.fields.${name}` as const

/** Codes and ids go along unseen; words are shown and can be changed. */
const fieldOf = (say: Say, name: string, value: string): Markup => {
  const key = fieldKey(name)
  if (!say.has(key)) return html`<input type="hidden" name="${name}" value="${value}">`
  const label = say.label(key)
  return value.length > longWords || value.includes('\n')
    ? html`<label>${label}<textarea name="${name}" rows="6">${value}</textarea></label>`
    : html`<label>${label}<input name="${name}" value="${value}"></label>`
}
