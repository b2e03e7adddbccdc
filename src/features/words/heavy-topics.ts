import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { memoByText } from '#core/memo.ts'
import { createMatcher } from '#features/danger/match-entries.ts'
import { readingsOf } from '#features/danger/text-words.ts'

/**
 * What is hard to say, though nobody is in danger by it. Whoever says it is answered with one human sentence about it; if
 * words are about several, the first in this order counts. The last six are what people ask before they dare to tell:
 * `anybody`, whether there are people here at all.
 */
export const heavyTopics = [
  'grief',
  'afraid-taken',
  'children-taken',
  'illness',
  'bullied',
  'parting',
  'debts',
  'alone',
  'lonely',
  'exhausted',
  'ashamed',
  'parents-learn',
  'who-learns',
  'nameless',
  'cost',
  'beginning',
  'anybody',
] as const
export type HeavyTopic = (typeof heavyTopics)[number]

const askedFirst: readonly HeavyTopic[] = [
  'parents-learn',
  'who-learns',
  'nameless',
  'cost',
  'beginning',
  'anybody',
]
/** Whether it is what strangers ask before they tell anything; of whoever is read by people already, people answer it. */
export const isAskedFirst = (topic: HeavyTopic): boolean => askedFirst.includes(topic)

const entries = z
  .array(
    z.strictObject({
      topic: z.enum(heavyTopics),
      /** In the syntax of the danger lists, see features/danger/pattern.ts. */
      any: z.array(z.string()).min(1),
      not: z.array(z.string()),
    }),
  )
  .parse(JSON.parse(readFileSync(new URL('./heavy-topics.json', import.meta.url), 'utf8')))
  .map((entry) => ({ ...entry, negated: true, inFiction: false }))

const match = createMatcher(entries)

const topicsIn = memoByText(200, (text) =>
  readingsOf(text)
    .flatMap(match)
    .map(({ topic }) => topic),
)

export const heavyTopicIn = (text: string): HeavyTopic | null => {
  const said = topicsIn(text)
  return heavyTopics.find((topic) => said.includes(topic)) ?? null
}
