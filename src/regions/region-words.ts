import { z } from 'zod'

/** Words that stand in sentences and on papers; a region says each of them. */
const termCodes = ['plan', 'decider', 'deciderFirst'] as const

const text = z.string().trim().min(1)
/** `stages.contract`, and `stages.contract_minor` where a minor reads other words. */
const named = z.record(z.string(), text)
const lists = z.object({ categories: named.optional(), circumstances: named.optional() })

/** What a region says in one language: the block of `locales/<language>/regions.json` under its code. */
export const regionWordsSchema = z
  .object({
    name: text,
    terms: z.object(Object.fromEntries(termCodes.map((term) => [term, text]))).catchall(text),
    stages: named,
    /** The same stages within a sentence: «договор о помощи». */
    steps: named,
    categories: named.optional(),
    circumstances: named.optional(),
    helpKinds: named.optional(),
    deadlines: named.optional(),
    /** The wording of the region's text. */
    official: named.optional(),
    short: lists.optional(),
  })
  .catchall(named)
export type RegionWords = z.infer<typeof regionWordsSchema>
