import { formatDay } from '#core/dates.ts'
import type { Say } from '#core/text.ts'
import { type CardBuilder, paragraphs } from '#dialogue/card-builder.ts'
import type { Button, View } from '#dialogue/view.ts'
import { termName } from '#dialogue/worklist/need-view.ts'
import type { CaseHistory, HistoryLine } from '#features/cases/history-for-staff.ts'
import type { SafetyFact } from '#features/families/safety-facts.ts'
import type { Region } from '#regions/schema.ts'
import { safetyText } from './safety-view.ts'

type Around = { region: Region; now: Date; safety: readonly SafetyFact[]; problem: string | null }

/** As many as a card holds; older ones belong to rounds that are over. */
const most = 15

const dayIn = (
  say: Say,
  { region: { timeZone }, now }: Pick<Around, 'region' | 'now'>,
  day: string,
): string =>
  // Nine o'clock in UTC is that day in every zone of the regions.
  formatDay(say, { instant: new Date(`${day}T09:00:00Z`), timeZone, now })

/** What is recorded of a case, by numbers, and why terms were not kept. */
export const caseHistoryView = (
  { say, button, link, card }: CardBuilder,
  { family: { id, number }, events, explanations, problem, safety, ...around }: CaseHistory & Around,
): View => {
  const { region, now } = around
  const shown = events.slice(-most)
  const lines = shown.map(({ kind, day, implied, words }, index) => {
    const what = say.label(`caseEvents.kinds.${kind}`)
    const line = { nth: index + 1, what, day: dayIn(say, around, day) }
    if (words !== null) return say.t('caseHistory.why', { ...line, words })
    return say.t(implied ? 'caseHistory.implied' : 'caseHistory.line', line)
  })
  const explained = explanations.map(({ code, day, words }) =>
    say.t('caseHistory.explained', {
      what: termName(say, region.code, code),
      day: dayIn(say, around, day),
      words,
    }),
  )
  return card(
    'case-history',
    paragraphs(
      problem !== null && `⚠️ ${say.t(problem)}`,
      say.t('caseHistory.title', { number }),
      safetyText(say, safety, { timeZone: region.timeZone, now }),
      lines.length === 0 ? say.t('caseHistory.none') : lines.join('\n'),
      explained.length > 0 && explained.join('\n'),
      lines.length > 0 && say.t('caseHistory.hint'),
    ),
    [
      ...rowsOfFive(shown.map(({ id: event }, index) => button(String(index + 1), 'set', String(event)))),
      [link(say.label('caseload.card'), 'f-card', id)],
    ],
    { confidential: true },
  )
}

/** As many numbers as fit beside each other. */
export const rowsOfFive = (all: readonly Button[]): Button[][] =>
  all.flatMap((_, at) => (at % 5 === 0 ? [all.slice(at, at + 5)] : []))

/** The right day of an event, or that it did not happen. */
export const correctionView = (
  { say, button, card }: CardBuilder,
  {
    family: { number },
    event: { kind, day },
    sure,
    problem,
    safety,
    ...around
  }: CaseHistory & Around & { event: HistoryLine; sure: boolean },
): View => {
  const { region, now } = around
  const values = { number, what: say.label(`caseEvents.kinds.${kind}`), day: dayIn(say, around, day) }
  const warned = safetyText(say, safety, { timeZone: region.timeZone, now })
  if (sure)
    return card(
      'case-history',
      paragraphs(problem !== null && `⚠️ ${say.t(problem)}`, say.t('caseHistory.sure', values), warned),
      [[button(say.label('caseHistory.yes'), 'yes')], [button(say.label('caseHistory.no'), 'no')]],
    )
  return card(
    'case-history',
    paragraphs(problem !== null && `⚠️ ${say.t(problem)}`, say.t('caseHistory.which', values), warned),
    [[button(say.label('caseHistory.notAtAll'), 'withdraw')]],
  )
}
