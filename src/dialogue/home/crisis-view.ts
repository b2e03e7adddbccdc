import { type CardBuilder, paragraphs } from '#dialogue/card-builder.ts'
import { guideRows } from '../guide/guide-view.ts'
import type { View } from '../view.ts'

/** The crisis numbers. One button returns to where the person was. */
export const crisisView = ({ say, link, guide, withHide }: CardBuilder): View => ({
  screen: 'crisis',
  html: paragraphs(say.t('crisis.title'), say.t('crisis.numbers'), say.t('crisis.after')),
  rows: [
    [link(say.label('crisis.return'), 'here')],
    ...guideRows({ say, guide }),
    withHide([link(say.label('card.menu'), 'home')]),
  ],
})
