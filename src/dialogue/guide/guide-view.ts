import { formatBirthDate } from '#core/dates.ts'
import type { GuideAction } from '#dialogue/callback-data.ts'
import { type CardBuilder, paragraphs } from '#dialogue/card-builder.ts'
import type { Button, View } from '#dialogue/view.ts'

type Kind = 'fears' | 'tonight'

/** The way in, from the menu, the crisis card and the last card before a request is sent. */
export const guideRows = ({ say, guide }: Pick<CardBuilder, 'say' | 'guide'>): Button[][] => [
  [guide(say.label('tonight.openButton'), 'tonight')],
  [guide(say.label('fears.openButton'), 'fears')],
]

export type ListFacts = {
  kind: Kind
  topics: readonly string[]
  /** The second page of a list. */
  later: boolean
  /** There are topics on the other page. */
  paged: boolean
  /** There are places to turn to. */
  places: boolean
}

/** A button for every topic. Somebody who has not said their age yet can go on to the topics for minors. */
export const guideListView = (
  builder: CardBuilder,
  { kind, topics, later, paged, places }: ListFacts,
): View => {
  const { say, guide } = builder
  const rows = topics.map((id) => [guide(say.label(`${kind}.buttons.${id}`), `${kind}-topic`, id)])
  if (say.address === 'adult' && !later) rows.push([guide(say.label('guide.minorButton'), kind, '', 'minor')])
  if (paged && !later) rows.push([guide(`${say.label('guide.moreButton')} ›`, 'fears-more')])
  if (places && kind === 'tonight') rows.push([guide(say.label('places.button'), 'places', 'all')])
  return guideCard(builder, kind, paragraphs(say.t(`${kind}.title`), say.t(`${kind}.hint`)), {
    rows,
    back: later ? 'fears' : null,
  })
}

export type TopicFacts = {
  kind: Kind
  topic: string
  lines: readonly string[]
  /** Something on the card is law that nobody of the centre has confirmed yet. */
  reserved: boolean
  /** Where Back leads. */
  list: GuideAction
  contact: string
  /** There are places to turn to with it. */
  places: boolean
}

/** One topic: what is true and what can be done, and behind a tap what it is based on. */
export const guideTopicView = (builder: CardBuilder, facts: TopicFacts): View => {
  const { kind, topic, lines, reserved, list, contact, places } = facts
  const { say, guide, link } = builder
  const html = paragraphs(
    `<b>${say.t(`${kind}.buttons.${topic}`)}</b>`,
    ...lines.map((line) => say.t(`${kind}.lines.${topic}.${line}`, { contact })),
    kind === 'tonight' && say.t('crisis.numbers'),
    reserved && `<i>${say.t('guide.reserved')}</i>`,
  )
  const rows = [
    ...(kind === 'tonight' ? [[link(say.label('home.ask'), 'ask')]] : []),
    ...(places ? [[guide(say.label('places.button'), 'places', topic)]] : []),
    [guide(say.label('guide.basisButton'), `${kind}-basis`, topic)],
  ]
  return guideCard(builder, `${kind}.topic`, html, { rows, back: list })
}

export type BasisFacts = {
  kind: Kind
  topic: string
  /** By the key of the text; with who has confirmed it. */
  facts: readonly { key: string; confirmed: { by: string; on: string } | null; internal: boolean }[]
}

/** The clauses and sources, and who of the centre has confirmed them. */
export const guideBasisView = (builder: CardBuilder, { kind, topic, facts }: BasisFacts): View => {
  const { say } = builder
  const lines = facts.map(({ key, confirmed, internal }) => {
    const state = confirmed
      ? say.t('guide.confirmed', { by: confirmed.by, on: formatBirthDate(say, confirmed.on) })
      : say.t('guide.unconfirmed')
    return internal ? say.t(`facts.${key}`) : `${say.t(`facts.${key}`)} <i>${state}</i>`
  })
  const html = paragraphs(say.t('guide.basis'), `<b>${say.t(`${kind}.buttons.${topic}`)}</b>`, ...lines)
  return guideCard(builder, `${kind}.basis`, html, { rows: [], back: `${kind}-topic`, topic })
}

/** Where one can turn to: beside a topic of the guide, or all of it. */
export const guidePlacesView = (
  builder: CardBuilder,
  { html, rows, kind, topic }: { html: string; rows: Button[][]; kind: Kind | null; topic: string | null },
): View =>
  guideCard(builder, 'places', html, {
    rows,
    back: kind ? `${kind}-topic` : 'tonight',
    ...(topic !== null && { topic }),
  })

type Ways = { rows: Button[][]; back: GuideAction | null; topic?: string }

/** Back leads up the guide, and at its top to where the person was: no card of the guide is kept as their screen. */
const guideCard = (builder: CardBuilder, screen: string, html: string, { rows, back, topic }: Ways): View => {
  const { say, guide, link } = builder
  const label = say.label('card.back')
  const ways = [
    back === null ? link(label, 'here') : guide(label, back, topic),
    link(say.label('card.menu'), 'home'),
  ]
  return builder.card(screen, html, rows, { ways, back: false, menu: false })
}
