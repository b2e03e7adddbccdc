import {
  type GuideAction,
  guideActionOf,
  type LinkTap,
  readGuideArg,
  type Tap,
} from '#dialogue/callback-data.ts'
import { createCardBuilder } from '#dialogue/card-builder.ts'
import type { DialogueDeps } from '#dialogue/screen.ts'
import type { Reply, View } from '#dialogue/view.ts'
import {
  confirmationOf,
  factKey,
  findTopic,
  isReserved,
  linesToSay,
  topicsOf,
} from '#features/guide/guide-lines.ts'
import { placesFor } from '#features/guide/places.ts'
import { type FactId, factOf } from '#regions/facts.ts'
import type { GuideKind, GuideTopic } from '#regions/guide.ts'
import {
  type BasisFacts,
  guideBasisView,
  guideListView,
  guidePlacesView,
  guideTopicView,
} from './guide-view.ts'
import { placesParts, readPlacesArg } from './places-view.ts'

type Deps = Pick<DialogueDeps, 'texts' | 'organisation' | 'places' | 'clock'> & {
  region: Pick<DialogueDeps['region'], 'code' | 'confirmedFacts' | 'timeZone'>
}

/** A longer list goes on at a second page. */
const mostTopics = 6
const onFirstPage = 5

/**
 * A card of the guide, instead of the tapped one; null for any other tap. It depends on texts and the region's data only,
 * so it comes in an outage, and the person stays on the screen where they were.
 */
export const guideCard = (deps: Deps, tap: Tap | LinkTap): Reply | null => {
  const action = tap.revision === null ? guideActionOf(tap.action) : null
  if (!action) return null
  const { language, address, staff, topic } = readGuideArg(tap.arg)
  const builder = createCardBuilder(deps.texts.for(language, address), 0, { staff })
  const view = cardOf(deps, builder, action, topic)
  return { tapped: view, instead: builder.say.label('guide.notShown') }
}

const cardOf = (
  deps: Deps,
  builder: ReturnType<typeof createCardBuilder>,
  action: GuideAction,
  id: string,
): View => {
  const { say } = builder
  if (action === 'places') return placesCard(deps, builder, id)
  const kind: GuideKind = action.startsWith('fears') ? 'fears' : 'tonight'
  const topics = topicsOf(kind, say.address)
  const paged = topics.length > mostTopics + (say.address === 'minor' ? 1 : 0)
  const found = findTopic(kind, say.address, id)
  if (!found || !/-(topic|basis)$/.test(action)) {
    const later = action === 'fears-more' && paged
    const shown = paged ? topics.slice(later ? onFirstPage : 0, later ? undefined : onFirstPage) : topics
    const places = placesFor(deps.places.all(), { topic: null, reader: say.address }).length > 0
    return guideListView(builder, { kind, topics: shown.map((one) => one.id), later, paged, places })
  }
  const has = {
    line: (key: string) => say.has(`${kind}.lines.${id}.${key}`),
    fact: (key: string) => say.has(`facts.${key}`),
  }
  const lines = linesToSay(found, deps.region, has)
  const factIds = [...new Set(lines.flatMap(({ facts }) => facts))]
  if (action.endsWith('-basis')) return guideBasisView(builder, basisOf(deps, kind, found, factIds))
  const onSecondPage = paged && topics.indexOf(found) >= onFirstPage
  return guideTopicView(builder, {
    kind,
    topic: id,
    lines: lines.map(({ key }) => key),
    reserved: isReserved(deps.region, factIds),
    list: onSecondPage ? 'fears-more' : kind,
    contact: deps.organisation.contact,
    places: placesFor(deps.places.all(), { topic: id, reader: say.address }).length > 0,
  })
}

const placesCard = (
  { places, region, clock }: Deps,
  builder: ReturnType<typeof createCardBuilder>,
  arg: string,
): View => {
  const reader = builder.say.address
  const { topic, page } = readPlacesArg(arg)
  const kind = (['tonight', 'fears'] as const).find((one) => topic !== null && findTopic(one, reader, topic))
  const known = kind ? topic : null
  const found = placesFor(places.all(), { topic: known, reader })
  const facts = {
    places: found,
    topic: known,
    page,
    region: region.code,
    timeZone: region.timeZone,
    now: clock.now(),
  }
  return guidePlacesView(builder, { ...placesParts(builder, facts), kind: kind ?? null, topic: known })
}

const basisOf = (
  { region }: Deps,
  kind: GuideKind,
  { id }: GuideTopic,
  ids: readonly FactId[],
): BasisFacts => ({
  kind,
  topic: id,
  facts: ids.map((fact) => ({
    key: factKey(region, fact),
    confirmed: confirmationOf(region, fact),
    internal: factOf(fact).confirms === 'nobody',
  })),
})
