import type { Say } from '#core/text.ts'
import { type Action, anyCard, crisisArg, encodeTap } from './callback-data.ts'
import type { Button, View } from './view.ts'

/** What a view draws with: the person's language, and the revision that goes onto the card's buttons. */
export type Pen = {
  say: Say
  /** A button that belongs to this card only. */
  button(label: string, action: Action, arg?: string): Button
  /** A button that leads somewhere from any card, however old. */
  link(label: string, action: Action, arg?: string): Button
  /** A card with the rows that every card has: back and menu, and last the crisis button. */
  card(screen: string, html: string, rows: Button[][], options?: CardOptions): View
}

type CardOptions = { back?: boolean; menu?: boolean } & Pick<
  View,
  'offerContact' | 'confidential' | 'picture'
>

export const createPen = (say: Say, revision: number): Pen => {
  const button = (label: string, action: Action, arg = '') => ({
    label,
    data: encodeTap(revision, action, arg),
  })
  const link = (label: string, action: Action, arg = '') => ({ label, data: encodeTap(anyCard, action, arg) })
  return {
    say,
    button,
    link,
    card: (screen, html, rows, { back = true, menu = true, ...more } = {}) => {
      const ways = [
        ...(back ? [button(say.label('card.back'), 'back')] : []),
        ...(menu ? [link(say.label('card.menu'), 'home')] : []),
      ]
      const crisis = link(say.label('card.crisis'), 'sos', crisisArg(say.language, say.address))
      return { screen, html, rows: [...rows, ...(ways.length > 0 ? [ways] : []), [crisis]], ...more }
    },
  }
}

/** Paragraphs of a card: the empty ones left out, one blank line between. */
export const paragraphs = (...texts: (string | undefined | null | false)[]): string =>
  texts.filter(Boolean).join('\n\n')
