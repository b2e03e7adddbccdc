import { type CardBuilder, paragraphs } from '#dialogue/card-builder.ts'
import { plainDay } from '#dialogue/plan/plan-words-view.ts'
import type { View } from '#dialogue/view.ts'

/** `code` names it in `registers.facts`, `arg` in the button that takes it back. */
export type Recorded = { arg: string; code: string; on: string }

type Facts = {
  family: { id: string; number: number }
  codes: readonly string[]
  recorded: readonly Recorded[]
  /** The day that the next one is recorded for. */
  day: string
  problem: string | null
  now: Date
}

/** As many as there is room for; older ones are corrected over the API. */
const mostRecorded = 4

/** What may have happened to a family, by numbers, and what is recorded of it. */
export const caseFactsView = (
  { say, button, link, card }: CardBuilder,
  { family: { id, number }, codes, recorded, day, problem, now }: Facts,
): View => {
  const shown = recorded.slice(-mostRecorded)
  const named = (code: string) => say.label(`registers.facts.${code}`)
  const before = shown.map(({ code, on }, index) =>
    say.t('registers.recorded', { nth: index + 1, what: named(code), day: plainDay(say, on, now) }),
  )
  return card(
    'case-facts',
    paragraphs(
      problem !== null && `⚠️ ${say.t(problem)}`,
      say.t('registers.factsTitle', { number }),
      codes.map((code, index) => say.t('registers.fact', { nth: index + 1, what: named(code) })).join('\n'),
      say.t('registers.day', { day: plainDay(say, day, now) }),
      before.length > 0 && [say.t('registers.recordedTitle'), ...before].join('\n'),
      say.t('registers.factsWhy'),
    ),
    [
      codes.map((code, index) => button(String(index + 1), 'set', code)),
      ...shown.map(({ arg }, index) => [
        button(say.label('registers.takeBack', { number: index + 1 }), 'withdraw', arg),
      ]),
      [link(say.label('caseload.card'), 'f-card', id)],
    ],
    { confidential: true },
  )
}
