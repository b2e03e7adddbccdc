import { type Confirmation, type FactId, factIds, factOf } from '#regions/facts.ts'
import { type GuideKind, type GuideTopic, guide } from '#regions/guide.ts'
import type { Region } from '#regions/schema.ts'

type Rules = Pick<Region, 'code' | 'confirmedFacts'>

/** Six months after its confirmation a fact has to be confirmed again. */
const monthsValid = 6

type FactState = 'confirmed' | 'unconfirmed' | 'confirm-again'

export const confirmationOf = ({ confirmedFacts }: Rules, id: FactId): Confirmation | null =>
  confirmedFacts[id] ?? null

const stateOf = (region: Rules, id: FactId, now: Date): FactState => {
  const confirmation = confirmationOf(region, id)
  if (!confirmation) return 'unconfirmed'
  const again = new Date(`${confirmation.on}T00:00:00Z`)
  again.setUTCMonth(again.getUTCMonth() + monthsValid)
  return now < again ? 'confirmed' : 'confirm-again'
}

/** The facts that the centre has to confirm, or to confirm again: for operators. */
export const factsToConfirm = (region: Rules, now: Date) =>
  factIds
    .filter((id) => factOf(id).confirms !== 'nobody')
    .map((id) => ({ id, confirms: factOf(id).confirms, state: stateOf(region, id, now) }))
    .filter(({ state }) => state !== 'confirmed')

/**
 * Whether a family may read it. What was only general knowledge, a promise or another number to call waits for the centre's
 * confirmation; what a law says and what keeps people safe does not.
 */
const maySay = (region: Rules, id: FactId): boolean => {
  const { mark, kind } = factOf(id)
  const free = mark !== 'general' && kind !== 'promise' && kind !== 'number'
  return free || confirmationOf(region, id) !== null
}

/** The texts of a fact: one for each region that has it, where regions differ. */
export const factKey = ({ code }: Pick<Region, 'code'>, id: FactId): string =>
  factOf(id).regional ? `${id}.${code}` : id

/**
 * The lines of a topic that may be said; `regional` ones, and those whose basis differs by region, only if `has` knows the words
 * for this region.
 */
export const linesToSay = (
  topic: GuideTopic,
  region: Rules,
  has: { line(key: string): boolean; fact(key: string): boolean },
) =>
  topic.lines
    .filter(({ facts }) => facts.every((id) => maySay(region, id) && has.fact(factKey(region, id))))
    .map(({ id, facts, regional }) => ({ key: regional ? `${id}.${region.code}` : id, facts, regional }))
    .filter(({ key, regional }) => !regional || has.line(key))

/** Whether the card has to say that nobody of the centre has confirmed a law on it yet. */
export const isReserved = (region: Rules, ids: readonly FactId[]): boolean =>
  ids.some((id) => factOf(id).kind === 'law' && confirmationOf(region, id) === null)

export const topicsOf = (kind: GuideKind, audience: 'adult' | 'minor'): readonly GuideTopic[] =>
  guide[kind][audience]

export const findTopic = (kind: GuideKind, audience: 'adult' | 'minor', id: string): GuideTopic | null =>
  guide[kind][audience].find((topic) => topic.id === id) ?? null
