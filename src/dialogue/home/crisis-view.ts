import type { View } from '../view.ts'
import { type Pen, paragraphs } from '#dialogue/card-builder.ts'

/** Where to call right now. It stands in no menu's way: one button leads back to where the person was. */
export const crisisView = ({ say, link }: Pen): View => ({
  screen: 'crisis',
  html: paragraphs(say.t('crisis.title'), say.t('crisis.numbers'), say.t('crisis.after')),
  rows: [[link(say.label('crisis.return'), 'here')], [link(say.label('card.menu'), 'home')]],
})
