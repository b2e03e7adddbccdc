import { html, type Markup } from '#http/markup.ts'

type Option = { value: string; words: string }

/** A choice of one. */
export const choose = (name: string, options: readonly Option[], chosen: string): Markup =>
  html`<select name="${name}">${options.map(({ value, words }) =>
    value === chosen
      ? html`<option value="${value}" selected>${words}</option>`
      : html`<option value="${value}">${words}</option>`,
  )}</select>`

/** A choice of several. */
export const tick = (name: string, options: readonly Option[], ticked: readonly string[]): Markup =>
  html`<div class="ticks">${options.map(
    ({ value, words }) =>
      html`<label><input type="checkbox" name="${name}" value="${value}"${ticked.includes(value) ? html` checked` : null}> ${words}</label>`,
  )}</div>`
