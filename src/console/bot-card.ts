import type { View } from '#dialogue/view.ts'
import { html, type Markup } from '#http/markup.ts'

/** A card as it stands in the bot, with buttons that do nothing here. `picture`: the address of what stands above it. */
export const botCard = (
  { html: text, rows }: Pick<View, 'html' | 'rows'>,
  picture: { address: string; alt: string } | null = null,
): Markup => {
  const buttons = rows.map((row) => html`<li>${row.map(({ label }) => html`<span>${label}</span>`)}</li>`)
  return html`<div class="bot-card">${picture && html`<img loading="lazy" src="${picture.address}" alt="${picture.alt}">`}<div class="bot-text">${{ markup: text }}</div>${rows.length > 0 && html`<ul class="bot-buttons">${buttons}</ul>`}</div>`
}
