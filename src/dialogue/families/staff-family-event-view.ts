import { escapeHtml } from '#core/text.ts'
import { type CardBuilder, paragraphs } from '#dialogue/card-builder.ts'
import type { Button, View } from '#dialogue/view.ts'
import type { SafetyFact } from '#features/families/safety-facts.ts'
import type { CaseEventKind } from '#regions/case-rules.ts'
import type { Region } from '#regions/schema.ts'
import type { Family } from '#storage/families/families.ts'
import { optionLabel } from '../intake/option-label-view.ts'
import { safetyText } from './safety-view.ts'
import { stageReads } from './staff-family-state-view.ts'

type Facts = { family: Family; region: Region; now: Date; safety: readonly SafetyFact[] }

/** What can be recorded of a case, by numbers. */
export const familyEventsView = (
  { say, button, link, card }: CardBuilder,
  { family: { id, number, stage }, kinds, region, now, safety }: Facts & { kinds: readonly CaseEventKind[] },
): View => {
  const stands = optionLabel(say, region.code, 'stages', stage)
  const lines = kinds.map(
    (kind, index) => `${index + 1}. ${escapeHtml(say.label(`caseEvents.kinds.${kind}`))}`,
  )
  return card(
    'family-event',
    paragraphs(
      say.t('caseEvents.what', { number, stage: stands }),
      safetyText(say, safety, { timeZone: region.timeZone, now }),
      lines.length === 0 ? say.t('caseEvents.none') : lines.join('\n'),
    ),
    [
      ...rowsOfThree(kinds.map((kind, index) => button(String(index + 1), 'set', kind))),
      [
        link(say.label('caseHistory.button'), 'f-history', id),
        link(say.label('caseTerms.button'), 'f-terms', id),
      ],
      [link(say.label('caseload.card'), 'f-card', id)],
    ],
  )
}

const rowsOfThree = (all: readonly Button[]): Button[][] =>
  all.flatMap((_, at) => (at % 3 === 0 ? [all.slice(at, at + 3)] : []))

/** On which day it was; what the family will read of it. */
export const familyEventDayView = (
  { say, button, card }: CardBuilder,
  {
    family: { number, stage },
    kind,
    to,
    region,
    problem,
    now,
    safety,
    read,
  }: Facts & { kind: CaseEventKind; to: string | null; problem: string | null; read: boolean },
): View =>
  card(
    'family-event',
    paragraphs(
      problem !== null && `⚠️ ${say.t(problem)}`,
      say.t('caseEvents.when', { number, what: say.label(`caseEvents.kinds.${kind}`) }),
      safetyText(say, safety, { timeZone: region.timeZone, now }),
      to !== null && to !== stage && stageReads(say, region, { to, read }),
    ),
    [
      [
        button(say.label('caseEvents.today'), 'done', '0'),
        button(say.label('caseEvents.yesterday'), 'done', '1'),
      ],
      [button(say.label('caseEvents.no'), 'no')],
    ],
  )
