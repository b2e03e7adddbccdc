import { formatDay } from '#core/dates.ts'
import type { Say } from '#core/text.ts'
import { type CardBuilder, pager, paragraphs } from '#dialogue/card-builder.ts'
import { rowsOfThree } from '#dialogue/requests/staff-act-view.ts'
import type { View } from '#dialogue/view.ts'
import type { IncomingDetails } from '#features/incoming/incoming-api.ts'
import type { Region } from '#regions/schema.ts'
import type { Family } from '#storage/families/families.ts'
import type { StoredIncoming } from '#storage/incoming/incoming.ts'
import { optionLabel } from '../intake/option-label-view.ts'

type When = { region: Region; now: Date }

/** Which messages there are: number, source, day and territory; no words. */
export const incomingListView = (
  builder: CardBuilder,
  facts: When & {
    items: readonly StoredIncoming[]
    /** The number after which the next page begins. */
    next: number | null
    familyId: string | undefined
  },
): View => {
  const { items, next, familyId } = facts
  const { say, link } = builder
  const lines = items.map((one) => lineOf(say, one, facts))
  const title = familyId === undefined ? 'incoming.list' : 'incoming.listOfFamily'
  const on = pager(builder, { back: null, on: next })
  return builder.card(
    'incoming-list',
    paragraphs(say.t(title), lines.length === 0 ? say.t('incoming.listEmpty') : lines.join('\n')),
    [
      ...rowsOfThree(
        items.map(({ id, number }) => link(say.label('incoming.numberButton', { number }), 'in-one', id)),
      ),
      ...(on.length > 0 ? [on] : []),
      ...(familyId === undefined ? [] : [[link(say.label('caseload.card'), 'f-card', familyId)]]),
    ],
  )
}

const lineOf = (say: Say, one: StoredIncoming, when: When): string => {
  const values = { number: one.number, ...spokenFacts(say, one, when) }
  return say.t(
    one.steps.at(-1)?.kind !== 'unconfirmed' ? 'incoming.line' : 'incoming.lineUnconfirmed',
    values,
  )
}

const spokenFacts = (say: Say, { source, territory, receivedOn }: StoredIncoming, { region, now }: When) => ({
  source: optionLabel(say, region.code, 'sources', source),
  territory: optionLabel(say, region.code, 'territory', territory),
  day: formatDay(say, { instant: receivedOn, timeZone: 'UTC', now }),
})

/** One message with its words, and what staff can say of it. */
export const incomingView = (
  builder: CardBuilder,
  facts: When & IncomingDetails & { family: Family | null; mayOpen: boolean },
): View => {
  const { incoming, content, unconfirmed, family, mayOpen } = facts
  const { say, button, link } = builder
  const spoken = spokenFacts(say, incoming, facts)
  const html = paragraphs(
    say.t('incoming.one', { number: incoming.number }),
    [
      say.t('incoming.sourceLine', spoken),
      say.t('incoming.dayLine', spoken),
      say.t('case.territory', spoken),
    ].join('\n'),
    say.t('incoming.fromLine', content),
    say.t('incoming.wordsLine', content),
    family && say.t('incoming.familyLine', { number: family.number }),
    unconfirmed !== null && say.t('incoming.unconfirmedLine', { reason: unconfirmed }),
    say.t('incoming.neverShown'),
  )
  return builder.card(
    'incoming-one',
    html,
    [
      [button(say.label(family ? 'incoming.otherFamily' : 'incoming.toFamily'), 'set', 'family')],
      ...(unconfirmed === null ? [[button(say.label('incoming.refute'), 'set', 'reason')]] : []),
      ...(family && mayOpen ? [[link(say.label('caseload.card'), 'f-card', family.id)]] : []),
    ],
    { confidential: true },
  )
}

/** The number of the family, or why it was not confirmed. */
export const askOfIncomingView = (
  builder: CardBuilder,
  { number, ask, problem }: { number: number; ask: 'family' | 'reason'; problem: string | undefined },
): View => {
  const { say } = builder
  return builder.card(
    'incoming-one',
    paragraphs(
      problem && `⚠️ ${say.t(`incoming.problems.${problem}`)}`,
      say.t(ask === 'family' ? 'incoming.ask.family' : 'incoming.ask.reason', { number }),
    ),
    [],
  )
}

export const numberIn = (text: string): number | null => {
  const [, digits] = /^\D{0,12}(\d{1,9})\D*$/.exec(text.trim()) ?? []
  return digits === undefined ? null : Number(digits)
}
