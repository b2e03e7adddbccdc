import type { Address, Say } from '#core/text.ts'
import { inKindWords } from '#core/withheld.ts'
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
  /** A row of ways out with «Спрятать» at its end, which every card of a family has: `card` adds it by itself. */
  withHide(row: readonly Button[]): Button[]
  /** A card with the rows that every card has: Back, Menu and «Спрятать», then the crisis button. */
  card(screen: string, html: string, rows: Button[][], options?: CardOptions): View
}

type CardOptions = {
  back?: boolean
  menu?: boolean
  /** Other ways out, before these. */
  ways?: readonly Button[]
  /** False where hiding itself is explained. */
  hide?: boolean
} & Pick<View, 'offerContact' | 'confidential' | 'picture'>

/** `staff`: the cards are for staff, who have nothing to hide. */
export const createCardBuilder = (
  say: Say,
  revision: number,
  { staff = false }: { staff?: boolean } = {},
): CardBuilder => {
  const whom = (address: Address) => (staff ? 'staff' : address)
  const said = (text: string) => inKindWords(say, text)
  const button = (label: string, action: CardAction, arg?: string) => ({
    label: said(label),
    data: encodeTap(revision, action, arg),
  })
  const link = (label: string, action: LinkAction, arg?: string) => ({
    label: said(label),
    data: encodeLink(action, arg),
  })
  const withHide: CardBuilder['withHide'] = (row) => [
    ...row,
    ...(staff ? [] : [link(say.label('hide.button'), 'hide')]),
  ]
  return {
    say,
    button,
    link,
    guide: (label, action, topic, address = say.address) => ({
      label,
      data: encodeLink(action, guideArg(say.language, whom(address), topic)),
    }),
    withHide,
    card: (
      screen,
      html,
      rows,
      { back = true, menu = true, ways: others = [], hide = true, ...more } = {},
    ) => {
      const out = [
        ...others,
        ...(back ? [button(say.label('card.back'), 'back')] : []),
        ...(menu ? [link(say.label('card.menu'), 'home')] : []),
      ]
      const ways = hide ? withHide(out) : out
      const crisisData = encodeLink(crisisAction, crisisArg(say.language, whom(say.address)))
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
