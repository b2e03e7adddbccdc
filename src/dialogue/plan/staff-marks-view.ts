import { escapeHtml } from '#core/text.ts'
import type { View } from '#dialogue/view.ts'
import type { ToMark } from '#features/plan/marks-for-staff.ts'
import { type CardBuilder, paragraphs } from '../card-builder.ts'
import { brief, pageIn, plainDay } from './plan-words-view.ts'

type Facts = { family: { id: string; number: number }; now: Date }

/** The activities that wait for a report, with a button each. */
export const toMarkView = (
  builder: CardBuilder,
  { family, waiting, page, now }: Facts & { waiting: readonly ToMark[]; page: number },
): View => {
  const { say, button } = builder
  const { shown, turns } = pageIn(builder, waiting, page)
  const lines = shown.map(({ activity, on }) => `${plainDay(say, on, now)}: ${escapeHtml(activity.plain)}`)
  return builder.card(
    'f-marks',
    paragraphs(
      say.t('planMarks.title', { number: family.number }),
      waiting.length === 0 ? say.t('planMarks.none') : lines.join('\n'),
    ),
    [...shown.map(({ activity }) => [button(brief(activity.plain), 'set', activity.id)]), ...turns],
    { confidential: true },
  )
}

export const markView = (
  { say, button, card }: CardBuilder,
  {
    family,
    chosen: { activity, on },
    words,
    tooLong,
    now,
  }: Facts & { chosen: ToMark; words: string | null; tooLong: boolean },
): View =>
  card(
    'f-marks',
    paragraphs(
      say.t('planMarks.title', { number: family.number }),
      `<b>${escapeHtml(activity.plain)}</b>\n${plainDay(say, on, now)}`,
      tooLong && `⚠️ ${say.t('planMarks.tooLong')}`,
      words === null ? say.t('planMarks.words') : say.t('planMarks.said', { words }),
      say.t('planMarks.how'),
    ),
    [[button(say.label('planMarks.yes'), 'yes', on), button(say.label('planMarks.no'), 'no', on)]],
    { confidential: true },
  )
