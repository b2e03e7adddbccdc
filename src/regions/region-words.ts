import { z } from 'zod'
import { wordCases } from '#core/region-forms.ts'

/** Words that a region says itself. */
const termCodes = ['decider', 'deciderFirst'] as const

/**
 * Words that stand in sentences and on papers, in the cases of Russian: the plan as it is called on paper, and as families read it, the
 * contract, and the family where staff mean the case. A region says those that differ from the shared ones.
 */
export const formCodes = ['plan', 'helpPlan', 'contract', 'recipient'] as const

const text = z.string().trim().min(1)
const forms = z.strictObject(
  Object.fromEntries(wordCases.map((one) => [one, text])) as Record<(typeof wordCases)[number], typeof text>,
)
/** `stages.contract`, and `stages.contract_minor` where a minor reads other words. */
const named = z.record(z.string(), text)
const lists = z.object({ categories: named.optional(), circumstances: named.optional() })

/** What a region says in one language: the block of `locales/<language>/regions.json` under its code. */
export const regionWordsSchema = z
  .object({
    name: text,
    terms: z.object(Object.fromEntries(termCodes.map((term) => [term, text]))).catchall(text),
    forms: z.partialRecord(z.enum(formCodes), forms).optional(),
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
