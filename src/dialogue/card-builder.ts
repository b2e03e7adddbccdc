import type { Address, Say } from '#core/text.ts'
import { erasedText } from '#storage/seal.ts'
import {
  type CardAction,
  crisisAction,
  crisisArg,
  encodeLink,
  encodeTap,
  type GuideAction,
  guideArg,
} from './callback-data.ts'
import type { LinkAction } from './registry.ts'
import type { Button, View } from './view.ts'

/** Builds cards in the person's language, with the revision for the card's buttons. */
export type CardBuilder = {
  say: Say
  /** A button that belongs to this card only. */
  button(label: string, action: CardAction, arg?: string): Button
  /** A button that works on any card, however old. */
  link(label: string, action: LinkAction, arg?: string): Button
  /** A button to a card of the guide, which works without a database. */
  guide(label: string, action: GuideAction, topic?: string, address?: Address): Button
  /** A card with the rows that every card has: Back and Menu, then the crisis button. */
  card(screen: string, html: string, rows: Button[][], options?: CardOptions): View
}

type CardOptions = { back?: boolean; menu?: boolean } & Pick<
  View,
  'offerContact' | 'confidential' | 'picture'
>

export const createCardBuilder = (say: Say, revision: number): CardBuilder => {
  /** What was erased, in words. */
  const said = (text: string) =>
    text.includes(erasedText) ? text.replaceAll(erasedText, say.label('card.gone')) : text
  const button = (label: string, action: CardAction, arg?: string) => ({
    label: said(label),
    data: encodeTap(revision, action, arg),
  })
  const link = (label: string, action: LinkAction, arg?: string) => ({
    label: said(label),
    data: encodeLink(action, arg),
  })
  return {
    say,
    button,
    link,
    guide: (label, action, topic, address = say.address) => ({
      label,
      data: encodeLink(action, guideArg(say.language, address, topic)),
    }),
    card: (screen, html, rows, { back = true, menu = true, ...more } = {}) => {
      const ways = [
        ...(back ? [button(say.label('card.back'), 'back')] : []),
        ...(menu ? [link(say.label('card.menu'), 'home')] : []),
      ]
      const crisisData = encodeLink(crisisAction, crisisArg(say.language, say.address))
      const crisis = { label: say.label('card.crisis'), data: crisisData, style: 'danger' as const }
      return {
        screen,
        html: said(html),
        rows: [...rows, ...(ways.length > 0 ? [ways] : []), [crisis]],
        ...more,
      }
    },
  }
}

/** Paragraphs of a card: the empty ones left out, one blank line between. */
export const paragraphs = (...texts: (string | undefined | null | false)[]): string =>
  texts.filter(Boolean).join('\n\n')

/** The buttons that turn pages; null where there is none to turn to. */
export const pager = (
  { say, button }: Pick<CardBuilder, 'say' | 'button'>,
  { back, on }: { back: number | null; on: number | null },
): Button[] => [
  ...(back === null ? [] : [button(`‹ ${say.label('question.pageBack')}`, 'page', String(back))]),
  ...(on === null ? [] : [button(`${say.label('question.pageOn')} ›`, 'page', String(on))]),
]
