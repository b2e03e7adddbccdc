import { escapeHtml } from '#core/text.ts'
import type { View } from '#dialogue/view.ts'
import { type CardBuilder, paragraphs } from '../card-builder.ts'
import { optionLabel } from '../intake/option-label-view.ts'
import { brief } from '../plan/plan-words-view.ts'

/** Asks for the survey that it refers to. */
export const tellSurveyView = (
  builder: CardBuilder,
  surveys: readonly { code: string; title: string }[],
): View =>
  builder.card(
    'tell-survey',
    paragraphs(builder.say.t('results.tell.title'), builder.say.t('results.tell.survey')),
    surveys.map(({ code, title }) => [builder.button(brief(title), 'set', code)]),
  )

/** Asks for the words: what families said, or what the centre did. */
export const tellWordsView = (
  { say, card }: CardBuilder,
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

/** A preview as families will read it, and the choice of the audience. */
export const tellWhomView = (
  builder: CardBuilder,
  {
    said,
    done,
    territories,
    everybody,
    region,
  }: { said: string; done: string; territories: readonly string[]; everybody: boolean; region: string },
): View => {
  const { say, button } = builder
  const places = territories.map((code) => [
    button(brief(optionLabel(say, region, 'territory', code)), 'set', code),
  ])
  const html = paragraphs(
    say.t('results.tell.check'),
    itemIn(builder, { said, done }),
    say.t('results.tell.whom'),
  )
  return builder.card('tell-whom', html, [
    ...(everybody ? [[button(say.label('results.tell.everybody'), 'set', 'all')]] : []),
    ...places,
  ])
}

/** Published, or withdrawn. */
export const tellToldView = (
  builder: CardBuilder,
  { said, done, back }: { said: string; done: string; back: boolean },
): View => {
  const { say, button } = builder
  const html = paragraphs(
    say.t(back ? 'results.tell.takenBack' : 'results.tell.told'),
    itemIn(builder, { said, done }),
  )
  return builder.card(
    'tell-told',
    html,
    back ? [] : [[button(say.label('results.tell.takeBack'), 'withdraw')]],
  )
}

const itemIn = ({ say }: CardBuilder, { said, done }: { said: string; done: string }): string =>
  `${say.t('results.tell.families')} ${escapeHtml(said)}\n${say.t('results.tell.we')} ${escapeHtml(done)}`
