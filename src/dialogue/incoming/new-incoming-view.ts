import { formatDay } from '#core/dates.ts'
import { escapeHtml } from '#core/text.ts'
import { type CardBuilder, paragraphs } from '#dialogue/card-builder.ts'
import type { StateOf } from '#dialogue/registry.ts'
import { rowsOfThree } from '#dialogue/requests/staff-act-view.ts'
import type { View } from '#dialogue/view.ts'
import type { Region } from '#regions/schema.ts'
import { optionLabel } from '../intake/option-label-view.ts'

type Facts = {
  state: StateOf<'incoming-new'>
  /** Null: everything is known, and it is to be confirmed. */
  asked: 'source' | 'from' | 'territory' | 'words' | 'on' | null
  region: Region
  /** Codes to choose from. */
  sources: readonly string[]
  places: readonly string[]
  /** The day that was given, and today, at midnight UTC. */
  day: Date | null
  today: Date
}

export const newIncomingView = (builder: CardBuilder, facts: Facts): View => {
  const { state, asked, region } = facts
  const { say, button } = builder
  const problem = state.problem !== undefined && `⚠️ ${say.t(`incoming.problems.${state.problem}`)}`
  if (asked === null) return confirmView(builder, facts)
  if (asked === 'source') {
    return builder.card(
      'incoming-new',
      say.t('incoming.ask.source'),
      facts.sources.map((code) => [button(optionLabel(say, region.code, 'sources', code), 'set', code)]),
    )
  }
  if (asked === 'territory') {
    const codes = facts.places
    const lines = codes.map(
      (code, index) => `${index + 1}. ${escapeHtml(optionLabel(say, region.code, 'territory', code))}`,
    )
    return builder.card(
      'incoming-new',
      paragraphs(say.t('phoneCall.territory'), lines.join('\n')),
      rowsOfThree(codes.map((code, index) => button(String(index + 1), 'set', code))),
    )
  }
  return builder.card('incoming-new', paragraphs(problem, say.t(`incoming.ask.${asked}`)), [])
}

const confirmView = (builder: CardBuilder, { state, region, day: on, today }: Facts): View => {
  const { say, button } = builder
  const { source = '', from = '', words = '', territory = '' } = state
  const day =
    on === null ? say.label('incoming.today') : formatDay(say, { instant: on, timeZone: 'UTC', now: today })
  const html = paragraphs(
    say.t('incoming.confirm'),
    say.t('incoming.sourceLine', { source: optionLabel(say, region.code, 'sources', source) }),
    say.t('incoming.fromLine', { from }),
    say.t('case.territory', { territory: optionLabel(say, region.code, 'territory', territory) }),
    say.t('incoming.wordsLine', { words }),
    say.t('incoming.dayLine', { day }),
    say.t('incoming.noTerm'),
  )
  return builder.card(
    'incoming-new',
    html,
    [
      [button(say.label('incoming.yes'), 'yes')],
      [button(say.label('incoming.otherDay'), 'change')],
      [button(say.label('incoming.no'), 'no')],
    ],
    { confidential: true },
  )
}
