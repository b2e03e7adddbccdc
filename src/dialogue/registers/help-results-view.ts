import { escapeHtml } from '#core/text.ts'
import { type CardBuilder, paragraphs } from '#dialogue/card-builder.ts'
import { brief, pageIn, plainDay } from '#dialogue/plan/plan-words-view.ts'
import type { View } from '#dialogue/view.ts'
import type { HelpWithResult } from '#features/registers/help-results.ts'

type Facts = {
  family: { id: string; number: number }
  help: readonly HelpWithResult[]
  /** Whether the region counts what happens to families. */
  facts: boolean
  page: number
  now: Date
}

/** The activities of the plan with what came of them, those without a result first. */
export const helpToResultView = (
  builder: CardBuilder,
  { family: { id, number }, help, facts, page }: Facts,
): View => {
  const { say, button, link, card } = builder
  const { shown, turns } = pageIn(builder, help, page)
  const lines = shown.map(({ activity, result }) => {
    const said = result?.result ? `✓ ${say.label(`registers.resultOf.${result.result}`)}:` : '○'
    return `${said} ${escapeHtml(activity.plain)}`
  })
  return card(
    'help-results',
    paragraphs(
      say.t('registers.title', { number }),
      help.length === 0 ? say.t('registers.none') : lines.join('\n'),
      help.length > 0 && say.t('registers.how'),
    ),
    [
      ...shown.map(({ activity }) => [button(brief(activity.plain), 'set', activity.id)]),
      ...turns,
      ...(facts ? [[link(say.label('registers.factsButton'), 'f-facts', id)]] : []),
      [link(say.label('caseload.card'), 'f-card', id)],
    ],
    { back: false, confidential: true },
  )
}

/** What came of one of them. */
export const helpResultView = (
  { say, button, card }: CardBuilder,
  {
    chosen: { activity, result },
    on,
    problem,
    now,
  }: { chosen: HelpWithResult; on: string; problem: string | null; now: Date },
): View =>
  card(
    'help-results',
    paragraphs(
      problem !== null && `⚠️ ${say.t(problem)}`,
      say.t('registers.which', { what: activity.plain }),
      result?.result &&
        say.t('registers.was', {
          result: say.label(`registers.resultOf.${result.result}`),
          day: plainDay(say, result.on, now),
        }),
      result?.result && say.t('registers.resultMend'),
      say.t('registers.told'),
      say.t('registers.day', { day: plainDay(say, on, now) }),
    ),
    [
      [button(say.label('registers.buttons.received'), 'set', 'received')],
      [button(say.label('registers.buttons.no-right'), 'set', 'no-right')],
      [button(say.label('registers.buttons.not-possible'), 'set', 'not-possible')],
      ...(result?.result ? [[button(say.label('registers.resultTakeBack'), 'withdraw')]] : []),
    ],
    { confidential: true },
  )
