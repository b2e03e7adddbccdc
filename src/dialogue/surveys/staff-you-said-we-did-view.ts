import { escapeHtml } from '#core/text.ts'
import type { View } from '#dialogue/view.ts'
import { optionLabel } from '../intake/option-label-view.ts'
import { type Pen, paragraphs } from '../card-builder.ts'
import { brief } from '../plan/plan-words-view.ts'

/** Which survey it follows from. */
export const tellSurveyView = (pen: Pen, surveys: readonly { code: string; title: string }[]): View =>
  pen.card(
    'tell-survey',
    paragraphs(pen.say.t('results.tell.title'), pen.say.t('results.tell.survey')),
    surveys.map(({ code, title }) => [pen.button(brief(title), 'set', code)]),
  )

/** What families said, or what the centre did: the words are asked for. */
export const tellWordsView = (
  { say, card }: Pen,
  { what, longest, problem }: { what: 'said' | 'done'; longest: number; problem: boolean },
): View =>
  card(
    `tell-${what}`,
    paragraphs(
      problem && `⚠️ ${say.t('results.tell.tooLong', { longest })}`,
      say.t(`results.tell.${what}`, { longest }),
    ),
    [],
  )

/** Everything as families will read it, and to whom it goes. */
export const tellWhomView = (
  pen: Pen,
  {
    said,
    done,
    territories,
    everybody,
    region,
  }: { said: string; done: string; territories: readonly string[]; everybody: boolean; region: string },
): View => {
  const { say, button } = pen
  const places = territories.map((code) => [
    button(brief(optionLabel(say, region, 'territories', code)), 'set', code),
  ])
  const html = paragraphs(
    say.t('results.tell.check'),
    itemIn(pen, { said, done }),
    say.t('results.tell.whom'),
  )
  return pen.card('tell-whom', html, [
    ...(everybody ? [[button(say.label('results.tell.everybody'), 'set', 'all')]] : []),
    ...places,
  ])
}

/** It is out; or was taken back. */
export const tellToldView = (
  pen: Pen,
  { said, done, back }: { said: string; done: string; back: boolean },
): View => {
  const { say, button } = pen
  const html = paragraphs(
    say.t(back ? 'results.tell.takenBack' : 'results.tell.told'),
    itemIn(pen, { said, done }),
  )
  return pen.card('tell-told', html, back ? [] : [[button(say.label('results.tell.takeBack'), 'withdraw')]])
}

const itemIn = ({ say }: Pen, { said, done }: { said: string; done: string }): string =>
  `${say.t('results.tell.families')} ${escapeHtml(said)}\n${say.t('results.tell.we')} ${escapeHtml(done)}`
