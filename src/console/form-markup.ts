import { randomUUID } from 'node:crypto'
import { html, type Markup } from '#http/markup.ts'
import type { Sealer } from '#storage/seal.ts'
import type { Visit } from './visit.ts'

const purpose = 'console-form'

/** The token of a session's forms: a forged form does not know it. */
const csrfOf = (sealer: Sealer, sessionId: string): string => sealer.sign(sessionId, purpose)

/** Compared in constant time. */
export const isFormOf = (sealer: Sealer, sessionId: string, given: string): boolean =>
  sealer.isSigned(sessionId, given, purpose)

/** Fields that every form has, besides those of its own. */
export const hiddenFields = ['csrf', 'once', 'draft', 'stood'] as const

type Attributes = {
  class?: string
  /** Of a form with a file. */
  enctype?: 'multipart/form-data'
  role?: string
  id?: string
  /** Typed words are kept for a day under this name. */
  draft?: string
  /** What a script of the console reads: `data-<name>`. */
  data?: Readonly<Record<string, string>>
  /** A script shows it. */
  hidden?: true
  /** What was typed stays when the page is redrawn; needs an id. */
  'hx-morph-skip'?: 'true'
}

/** A form of the console. It works without script; sent twice, it is carried out once. */
export const formTo = (
  { deps, session }: Pick<Visit, 'deps' | 'session'>,
  action: string,
  fields: Markup | readonly Markup[],
  attributes: Attributes = {},
): Markup => {
  const { draft, data = {}, hidden, ...others } = attributes
  const own = Object.entries({ ...data, ...(draft !== undefined && { draft }) })
  const named = [...Object.entries(others), ...own.map(([name, value]) => [`data-${name}`, value] as const)]
  const given = named.map(([name, value]) => html` ${name}="${value}"`)
  return html`<form method="post" action="${action}"${given}${hidden && html` hidden`}>
<input type="hidden" name="csrf" value="${csrfOf(deps.sealer, session.id)}"><input type="hidden" name="once" value="${randomUUID()}">${draft !== undefined && html`<input type="hidden" name="draft" value="${draft}">`}
${fields}
</form>`
}

/** A form of one button. `about`: of what, where several buttons of a page are called the same; for screen readers. */
export const buttonTo = (
  visit: Pick<Visit, 'deps' | 'session'>,
  action: string,
  label: string,
  kind: 'main' | 'quiet' | 'danger' = 'main',
  about?: string,
): Markup =>
  formTo(
    visit,
    action,
    html`<button${kind === 'main' ? null : html` class="${kind}"`}>${label}${about !== undefined && html`<span class="hidden"> ${about}</span>`}</button>`,
    { class: 'one-button' },
  )
