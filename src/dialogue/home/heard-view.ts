import { escapeHtml, type Say } from '#core/text.ts'
import { type CardBuilder, paragraphs } from '#dialogue/card-builder.ts'
import { adviceFor, numbersFor } from '#features/danger/danger-advice.ts'
import type { DangerKind } from '#features/danger/danger-kinds.ts'
import { type Helpline, helplinesFor } from '#features/danger/helplines.ts'
import type { View } from '../view.ts'

export type HeardFacts = {
  kinds: readonly DangerKind[]
  helplines: readonly Helpline[]
  /** Nobody of the centre will read the words yet: the short way is offered. */
  unsent?: boolean
}

/** What to do first, and whom to call, for this kind of danger. Quotes nothing of what was written. */
export const crisisLines = (say: Say, facts: HeardFacts): string =>
  paragraphs(say.t(`heard.${adviceFor(facts.kinds)}`), crisisNumbers(say, facts))

/** Whom to call for this kind of danger. */
export const crisisNumbers = (say: Say, { kinds, helplines }: HeardFacts): string => {
  const advice = adviceFor(kinds)
  const own = helplinesFor(helplines, kinds, say.address).map(
    ({ number, name }) => `<b>${escapeHtml(number)}</b> – ${escapeHtml(name[say.language])}`,
  )
  const known = numbersFor[advice].map((number) => say.t(`heard.numbers.${number}`))
  return [say.t('heard.numbers.emergency'), ...own, ...known].join('\n')
}

/** The crisis card over the screen to which the words have led; one button leads on to it. */
export const heardView = ({ say, link }: CardBuilder, facts: HeardFacts): View => ({
  screen: 'heard',
  html: paragraphs(crisisLines(say, facts), say.t('heard.after')),
  rows: [
    ...(facts.unsent ? [[link(say.label('danger.quick'), 'quick')]] : []),
    [link(say.label('heard.on'), 'here')],
    [link(say.label('card.menu'), 'home')],
  ],
})
