import type { Page } from 'playwright-core'

/** A row of a keyboard: the labels of its buttons. */
export type Row = string[]

/** The labels that the open page cuts at its width, each in a row of as many buttons as its card has. */
export const cutLabels = (page: Page, rows: readonly Row[]): Promise<string[]> =>
  page.evaluate<string[]>(`(() => {
    const { h } = { h: (tag, name) => Object.assign(document.createElement(tag), { className: name }) }
    const place = document.querySelector('.log-inner')
    const message = h('article', 'message in has-keyboard')
    const keyboard = h('div', 'inline-keyboard')
    for (const labels of ${JSON.stringify(rows)}) {
      const row = keyboard.appendChild(h('div', 'inline-row'))
      for (const label of labels) {
        const button = row.appendChild(h('button', 'inline-button'))
        button.appendChild(h('span', 'inline-text')).textContent = label
      }
    }
    message.append(keyboard)
    place.append(message)
    // All are there before the first is measured: the page is laid out once.
    const texts = [...message.querySelectorAll('.inline-text')]
    const cut = texts
      .filter((text) => text.scrollWidth > text.clientWidth)
      .map((text) => text.closest('.inline-row').children.length + ' ' + text.textContent)
    message.remove()
    return [...new Set(cut.map((found) => '1/' + found))].sort()
  })()`)
