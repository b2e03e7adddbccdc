import { html, type Markup } from '#http/markup.ts'

type Cell = Markup | string | number | null | undefined | false

export type Table = {
  /** `unseen`: only a screen reader says it, of cells whose contents speak for themselves. */
  heads: readonly (string | { unseen: string })[]
  rows: readonly (readonly Cell[])[]
  /** The first cell of a row names it. */
  named?: boolean
  /** So many columns that rows are blocks on the screens of an office, too. */
  broad?: boolean
}

/** A table whose rows stand as blocks where it has no room: each cell beside its heading, and empty ones left out. */
export const tableOf = ({ heads, rows, named = false, broad = false }: Table): Markup => {
  const head = heads.map((one) =>
    typeof one === 'string'
      ? html`<th scope="col">${one}</th>`
      : html`<th scope="col"><span class="hidden">${one.unseen}</span></th>`,
  )
  const cellOf = (cell: Cell, at: number): Markup => {
    if (named && at === 0) return html`<th scope="row">${inside(cell)}</th>`
    const label = heads[at]
    return html`<td${typeof label === 'string' && html` data-label="${label}"`}>${inside(cell)}</td>`
  }
  return html`<div class="wide"><table class="stacked${broad && html` broad`}"><thead><tr>${head}</tr></thead><tbody>${rows.map((row) => html`<tr>${row.map(cellOf)}</tr>`)}</tbody></table></div>`
}

const inside = (cell: Cell): Markup => (cell !== null && typeof cell === 'object' ? cell : html`${cell}`)
