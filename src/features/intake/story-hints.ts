import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { memoByText } from '#core/memo.ts'
import type { DangerKind } from '#features/danger/danger-kinds.ts'
import { hearDanger } from '#features/danger/hear-danger.ts'
import { createMatcher } from '#features/danger/match-entries.ts'
import { readingsOf } from '#features/danger/text-words.ts'
import type { Region } from '#regions/schema.ts'
import { needsOf } from './topics.ts'

const hints = z
  .array(
    z.strictObject({
      code: z.string(),
      any: z.array(z.string()).min(1),
      not: z.array(z.string()).default([]),
    }),
  )
  .parse(JSON.parse(readFileSync(new URL('./story-hints.json', import.meta.url), 'utf8')))
  .map((hint) => ({ ...hint, negated: true, inFiction: false }))

export const hintedCodes: readonly string[] = hints.map(({ code }) => code)

/** What the ear for danger knows already. */
const heardAs: Partial<Record<DangerKind, readonly string[]>> = {
  suicide: ['suicide-risk'],
  'self-harm': ['self-harm'],
  violence: ['child-abuse', 'family-conflict'],
  threats: ['family-conflict'],
  'sexual-abuse': ['child-abuse'],
  'no-shelter': ['no-home'],
  alone: ['no-carer'],
  hunger: ['no-food-or-clothes'],
  drunk: ['parent-addiction'],
  control: ['family-in-danger'],
}

const match = createMatcher(hints)

/** The list for a story is drawn again after every tick. */
const hintsIn = memoByText(200, (story) =>
  readingsOf(story)
    .flatMap(match)
    .map(({ code }) => code),
)

const mostOffered = 4

/**
 * The circumstances that the words of a story may be about, the gravest first. They are offered, never chosen for the
 * person.
 */
export const offeredFor = (story: string, region: Region): readonly string[] => {
  const danger = (hearDanger(story)?.kinds ?? []).flatMap((kind) => heardAs[kind] ?? [])
  const known = new Set(needsOf(region).map(({ code }) => code))
  return [...new Set([...danger, ...hintsIn(story)])].filter((code) => known.has(code)).slice(0, mostOffered)
}
