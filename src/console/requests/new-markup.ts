import type { Say } from '#core/text.ts'
import { html, type Markup } from '#http/markup.ts'
import type { Typed } from '../typed.ts'

/** A form with what was typed, and the fields that do not fit. */
export type Filled = { say: Say; typed: Typed; problems: readonly string[] }

const typedAs = ({ typed }: Filled, name: string): string => [typed[name] ?? ''].flat()[0] ?? ''

/** What is wrong with a field, beside it: by an own text, or the usual one. */
const problemOf = ({ say, problems }: Filled, name: string): string | null => {
  if (!problems.includes(name)) return null
  const own = `consoleNew.problems.${name}`
  return say.label(say.has(own) ? own : 'consoleNew.problems.other')
}

const described = (name: string, problem: string | null, hint: string | null): Markup | null => {
  const ids = [problem !== null && `${name}-problem`, hint !== null && `${name}-hint`].filter(Boolean)
  return ids.length === 0 ? null : html` aria-describedby="${ids.join(' ')}"`
}

const around = (
  filled: Filled,
  name: string,
  make: (attributes: Markup) => Markup,
  optional: boolean,
): Markup => {
  const { say } = filled
  const hintKey = `consoleNew.hints.${name}`
  const hint = say.has(hintKey) ? say.label(hintKey) : null
  const problem = problemOf(filled, name)
  const attributes = html`id="${name}" name="${name}"${problem !== null && html` aria-invalid="true"`}${described(name, problem, hint)}${optional ? null : html` required`}`
  return html`<div class="field"><label for="${name}">${say.label(`consoleNew.labels.${name}`)}</label>${problem !== null && html`<p class="problem" id="${name}-problem">${problem}</p>`}${make(attributes)}${hint !== null && html`<p class="note" id="${name}-hint">${hint}</p>`}</div>`
}

type Field = { optional?: boolean }

export const lineField = (
  filled: Filled,
  name: string,
  { most, type = 'text', optional = false }: Field & { most?: number; type?: 'text' | 'tel' | 'date' },
): Markup =>
  around(
    filled,
    name,
    (attributes) =>
      html`<input type="${type}" ${attributes}${most !== undefined && html` maxlength="${most}"`} autocomplete="off" value="${typedAs(filled, name)}">`,
    optional,
  )

export const wordsField = (
  filled: Filled,
  name: string,
  { most, rows = 4, optional = false }: Field & { most: number; rows?: number },
): Markup =>
  around(
    filled,
    name,
    (attributes) =>
      html`<textarea ${attributes} rows="${rows}" maxlength="${most}">${typedAs(filled, name)}</textarea>`,
    optional,
  )

export type Option = { value: string; label: string }

export const selectField = (
  filled: Filled,
  name: string,
  options: readonly Option[],
  { optional = false }: Field = {},
): Markup => {
  const chosen = typedAs(filled, name)
  const one = ({ value, label }: Option) =>
    html`<option value="${value}"${chosen === value ? html` selected` : null}>${label}</option>`
  return around(
    filled,
    name,
    (attributes) => html`<select ${attributes}><option value=""></option>${options.map(one)}</select>`,
    optional,
  )
}

export const tick = (filled: Filled, name: string): Markup =>
  html`<label class="choice"><input type="checkbox" name="${name}" value="1"${typedAs(filled, name) === '1' ? html` checked` : null}><span>${filled.say.label(`consoleNew.labels.${name}`)}</span></label>`

export const ticks = (filled: Filled, name: string, options: readonly Option[]): Markup => {
  const chosen = [filled.typed[name] ?? []].flat()
  const problem = problemOf(filled, name)
  return html`<details class="field" id="${name}"${chosen.length > 0 ? html` open` : null}><summary>${filled.say.label(`consoleNew.labels.${name}`)}</summary>${problem !== null && html`<p class="problem">${problem}</p>`}${options.map(
    ({ value, label }) =>
      html`<label class="choice"><input type="checkbox" name="${name}" value="${value}"${chosen.includes(value) ? html` checked` : null}><span>${label}</span></label>`,
  )}</details>`
}

/** What does not fit, each a way to its field. */
export const problemList = ({ say, problems }: Filled): Markup | null =>
  problems.length === 0
    ? null
    : html`<div class="wrong" role="alert"><p>${say.label('consoleNew.notKept')}</p><ul>${problems.map((name) => html`<li><a href="#${name}">${say.label(`consoleNew.labels.${name}`)}</a></li>`)}</ul></div>`
