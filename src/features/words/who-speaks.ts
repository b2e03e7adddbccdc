import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { tellsFrom } from '#features/danger/from-outside.ts'
import { hearDanger } from '#features/danger/hear-danger.ts'
import { saysUnderEighteen } from './own-age.ts'
import { isQuoting, spokenPlainly } from './spoken-plainly.ts'

const patterns = z.array(z.string())
/** How people say who they are to the family, in the order in which it counts. */
const list = z
  .strictObject({
    representative: patterns,
    'other-person': patterns,
    parent: patterns,
    /** Whole answers to the question. */
    answers: z.strictObject({
      minor: patterns,
      parent: patterns,
      representative: patterns,
      'other-person': patterns,
    }),
  })
  .parse(JSON.parse(readFileSync(new URL('./who-speaks.json', import.meta.url), 'utf8')))

const kinds = ['representative', 'other-person', 'parent'] as const
export type Speaker = 'minor' | (typeof kinds)[number]

const answering = (['minor', 'parent', 'representative', 'other-person'] as const).map(
  (kind) => [kind, list.answers[kind].map((one) => new RegExp(`^(?:${one})$`, 'u'))] as const,
)

const compiled = kinds.map((kind) => ({
  kind,
  tests: list[kind].map((one) => new RegExp(`(?<![\\p{L}\\d])(?:${one})(?![\\p{L}\\d])`, 'u')),
}))

/** The same as an answer to «Кто пишет?», as a whole: «мама», «мне 13», «меньше 18». */
export const answersWho = (text: string): Speaker | null => {
  const plain = spokenPlainly(text).replace(/[\s.,!?)]+$/u, '')
  const found = answering.find(([, tests]) => tests.some((test) => test.test(plain)))?.[0]
  return found ?? (saysUnderEighteen(plain) && plain.split(' ').length <= 3 ? 'minor' : null)
}

/**
 * Who somebody says they are: «мне 13», «я мама», «моей дочери», «соседи бьют ребёнка». Null where nothing is said of it, or
 * where it may be meant in two ways: then they are asked.
 */
export const whoSpeaks = (text: string): Speaker | null => {
  if (saysUnderEighteen(text)) return 'minor'
  const plain = spokenPlainly(text)
  if (isQuoting(plain)) return null
  const said = compiled
    .filter(
      ({ kind, tests }) => tests.some((test) => test.test(plain)) || (kind === 'other-person' && sees(text)),
    )
    .map(({ kind }) => kind)
    .filter((kind) => kind !== 'other-person' || tellsFrom(text) !== 'own')
  // Whoever writes of neighbours and of their own children may have fled to them.
  if (said.includes('other-person') && said.includes('parent')) return null
  return said[0] ?? null
}

/** A danger that is somebody else's. «Подруга сказала, что вы помогаете» is none. */
const sees = (text: string): boolean => {
  const from = tellsFrom(text)
  return (from === 'seen' || from === 'friend') && hearDanger(text) !== null
}
