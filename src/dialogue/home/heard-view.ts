import { escapeHtml, type Say } from '#core/text.ts'
import { type CardBuilder, paragraphs } from '#dialogue/card-builder.ts'
import type { Advice } from '#features/danger/danger-advice.ts'
import type { Helpline } from '#features/danger/helplines.ts'
import type { View } from '../view.ts'

export type HeardFacts = {
  /** What the card is about. */
  advice: Advice
  /** Numbers beside 112 that everybody knows, as keys of texts. */
  numbers: readonly ('police' | 'ambulance' | 'children')[]
  /** Numbers that the centre has confirmed. */
  helplines: readonly Helpline[]
}

/** What to do first, and whom to call, for this kind of danger. Quotes nothing of what was written. */
export const crisisLines = (say: Say, facts: HeardFacts): string => {
  const steps = say.t(`heard.${facts.advice}`)
  return paragraphs(steps, crisisNumbers(say, facts, steps))
}

/** Whom to call for this kind of danger. A number that stands in the steps above is not said again. */
export const crisisNumbers = (say: Say, { numbers, helplines }: HeardFacts, steps = ''): string => {
  const own = helplines.map(
    ({ number, name }) => `<b>${escapeHtml(number)}</b> – ${escapeHtml(name[say.language])}`,
  )
  const known = numbers.filter((number) => !steps.includes(digits[number]))
  const emergency = steps.includes(digits.emergency) ? 'noMoney' : 'emergency'
  return [emergency, ...known]
    .map((number) => say.t(`heard.numbers.${number}`))
    .toSpliced(1, 0, ...own)
    .join('\n')
}

const digits = { emergency: '112', police: '102', ambulance: '103', children: '8-800-2000-122' } as const

/**
 * The crisis card over the screen to which the words have led; one button leads on to it. `unsent`: nobody of the centre
 * will read the words yet, so the short way is offered, to a child `underTen` the call for an adult; `held` says so where they are kept here. `urgently`: its specialists are told of them at once.
 */
export const heardView = (
  { say, link, withHide }: CardBuilder,
  facts: HeardFacts & { unsent: boolean; underTen: boolean; urgently: boolean; held: string | null },
): View => ({
  screen: 'heard',
  html: paragraphs(
    crisisLines(say, facts),
    facts.urgently && say.t('messages.sentUrgently'),
    // What was sent is not behind the button; what is being filled in is.
    facts.held ?? say.t(facts.unsent ? 'heard.after' : 'heard.back'),
  ),
  rows: [
    ...(facts.unsent ? [[link(say.label(facts.underTen ? 'underTen.call' : 'danger.quick'), 'quick')]] : []),
    [link(say.label('heard.on'), 'here')],
    withHide([link(say.label('card.menu'), 'home')]),
  ],
})
