import { formatDay } from '#core/dates.ts'
import { escapeHtml, type Say } from '#core/text.ts'
import { type CardBuilder, paragraphs } from '#dialogue/card-builder.ts'
import type { Button } from '#dialogue/view.ts'
import { optionLabel } from '../intake/option-label-view.ts'
import type { Place } from '#storage/guide/places.ts'

/** So many fit a card beside what is said of each. */
const pageSize = 5

type Facts = {
  places: readonly Place[]
  /** Of the guide, beside which they stand; null: all. */
  topic: string | null
  page: number
  /** Its code. */
  region: string
  timeZone: string
  now: Date
}

/** Where one can turn to, each with its phone, hours and what it helps with. */
export const placesParts = (builder: CardBuilder, facts: Facts): { html: string; rows: Button[][] } => {
  const { say, guide } = builder
  const { places, topic, page, region, timeZone, now } = facts
  const last = Math.max(Math.ceil(places.length / pageSize) - 1, 0)
  const at = Math.min(page, last)
  const shown = places.slice(at * pageSize, (at + 1) * pageSize)
  const turn = (label: string, to: number) => guide(label, 'places', placesArg(topic, to))
  const turns = [
    ...(at > 0 ? [turn(`‹ ${say.label('question.pageBack')}`, at - 1)] : []),
    ...(at < last ? [turn(`${say.label('question.pageOn')} ›`, at + 1)] : []),
  ]
  return {
    html: paragraphs(
      say.t('places.title'),
      ...shown.map((place) => placeText(say, place, { region, timeZone, now })),
      places.length === 0 && say.t('places.none'),
    ),
    rows: turns.length > 0 ? [turns] : [],
  }
}

const placeText = (
  say: Say,
  { territory, content: { name, phone, hours, address, whatFor }, updatedAt }: Place,
  { region, ...when }: { region: string; timeZone: string; now: Date },
): string => {
  const inWords = (words: { ru: string; en?: string }) =>
    escapeHtml(say.language === 'en' ? (words.en ?? words.ru) : words.ru)
  return [
    `<b>${inWords(name)}</b>`,
    inWords(whatFor),
    escapeHtml(phone) + (hours ? `, ${inWords(hours)}` : ''),
    address && inWords(address),
    territory !== null && escapeHtml(optionLabel(say, region, 'territory', territory)),
    `<i>${say.t('places.checked', { day: formatDay(say, { instant: updatedAt, ...when }) })}</i>`,
  ]
    .filter(Boolean)
    .join('\n')
}

/** `no-food-p1`: the topic and the page of a card of places; without either part: all, and the first. */
const placesArg = (topic: string | null, page: number): string =>
  [topic ?? 'all', ...(page > 0 ? [`p${page}`] : [])].join('-')

export const readPlacesArg = (arg: string): { topic: string | null; page: number } => {
  const [, topic = '', page = '0'] = /^(.*?)(?:-p(\d{1,2}))?$/.exec(arg) ?? []
  return { topic: topic === '' || topic === 'all' ? null : topic, page: Number(page) }
}
