import type { Say } from '#core/text.ts'

/** Under which name the options of a question stand in `locales/regions.json`, where it is not the question's. */
const lists: Record<string, string> = { representative: 'representatives' }

/**
 * The name of an option where a person reads it: the region's own (`regions.nyagan.categories.…`), one that
 * all regions share (`regions.shared.circumstances.…`), or the question's (`question.danger.options.…`).
 */
export const optionLabel = (say: Say, region: string, question: string, code: string): string =>
  placeName(say, question, code) ?? remembered(labels, { say, region, question, code }, findLabel)

/** The centre may change the names of its territories, so they are not remembered. An unknown one is shown by its code. */
const placeName = (say: Say, question: string, code: string): string | null => {
  if (question !== 'territory') return null
  const keys = [`territories.${code}`, `question.territory.options.${code}`]
  const known = keys.find(say.has)
  return known === undefined ? code : say.label(known)
}

type Asked = { say: Say; region: string; question: string; code: string }
type Kept = WeakMap<Say, Map<string, Map<string, string>>>

const labels: Kept = new WeakMap()
const buttons: Kept = new WeakMap()

/** A card has a dozen of them, each of which is looked for in up to four places. */
const remembered = (kept: Kept, asked: Asked, find: (asked: Asked) => string): string => {
  const { say, region, question, code } = asked
  const known = kept.get(say) ?? new Map<string, Map<string, string>>()
  kept.set(say, known)
  const list = `${region}.${question}`
  const names = known.get(list) ?? new Map<string, string>()
  known.set(list, names)
  const name = names.get(code) ?? find(asked)
  names.set(code, name)
  return name
}

const findLabel = ({ say, region, question, code }: Asked): string => {
  const list = lists[question] ?? question
  const keys = [`regions.${region}.${list}.${code}`, `regions.shared.${list}.${code}`]
  return say.label(keys.find(say.has) ?? `question.${question}.options.${code}`)
}

/** As `optionLabel`, but short enough for a button; the card's text then says the whole name. */
export const optionButton = (say: Say, region: string, question: string, code: string): string =>
  placeName(say, question, code) ?? remembered(buttons, { say, region, question, code }, findButton)

const findButton = ({ say, region, question, code }: Asked): string => {
  const list = lists[question] ?? question
  const keys = [`regions.${region}.short.${list}.${code}`, `regions.shared.short.${list}.${code}`]
  const short = keys.find(say.has)
  return short ? say.label(short) : optionLabel(say, region, question, code)
}
