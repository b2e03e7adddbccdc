import type { DraftQuestion } from '#surveys/draft.ts'
import type { Condition, SingleCondition } from '#surveys/schema.ts'
import type { Found, ReadQuestion } from './survey-errors.ts'
import { boundFaults } from './validate-questions.ts'

/**
 * All errors in the condition of the question at `index`: it must refer to an earlier question, and some answer to
 * that must meet it. Every question is then reachable, because no condition requires two answers at once.
 */
export const conditionFaults = (
  all: readonly ReadQuestion[],
  index: number,
  { showIf }: DraftQuestion,
): Found[] => {
  if (!showIf) return []
  if (!('any' in showIf)) return singleFaults(all, index, showIf).map((found) => under('showIf', found))
  return showIf.any.flatMap((single, place) =>
    singleFaults(all, index, single).map((found) => under(`showIf/any/${place}`, found)),
  )
}

const under = (at: string, [place, ...found]: Found): Found => [`${at}/${place}`, ...found]

const singleFaults = (all: readonly ReadQuestion[], index: number, single: SingleCondition): Found[] => {
  const named = all.findIndex(({ code }) => code === single.question)
  if (named === -1) return [['question', 'unknown-question', single.question]]
  const { question } = all[named] ?? {}
  const bound = question ? boundFaults(question, single) : []
  if (named < index) return bound
  const way = wayBack(all, named, index)
  const loop = way?.map((place) => all[place]?.code ?? '')
  if (!loop) return [['question', 'later-question', single.question], ...bound]
  return [['question', 'loop', [all[index]?.code, ...loop].join(' → ')], ...bound]
}

/** The shortest path along conditions from one question to another, both included. */
const wayBack = (all: readonly ReadQuestion[], from: number, to: number): number[] | undefined => {
  const ways = [[from]]
  const seen = new Set([from])
  // Breadth-first search: the list grows while it is iterated.
  for (const way of ways) {
    const at = way.at(-1) ?? from
    if (at === to) return way
    for (const code of namedIn(all[at]?.question?.showIf)) {
      const next = all.findIndex((one) => one.code === code)
      if (next === -1 || seen.has(next)) continue
      seen.add(next)
      ways.push([...way, next])
    }
  }
  return undefined
}

const namedIn = (condition: Condition | undefined): string[] => {
  if (!condition) return []
  return 'any' in condition ? condition.any.map(({ question }) => question) : [condition.question]
}
