import { z } from 'zod'

/**
 * What the product tells families of the law, of safety and of the centre, and how each fact is known. The words and
 * the clause are texts (`facts.json`), the sources are in docs/humane-facts.md; the tests compare all three.
 */
type Fact = {
  /**
   * How it was checked. `read`: in a named source. `judged`: advice by judgement. `general`: general knowledge, not checked.
   * `product`: what this code does.
   */
  mark: 'read' | 'judged' | 'general' | 'product'
  /** `promise`: what a centre does; `number`: a number to call besides those of the crisis card. */
  kind: 'law' | 'advice' | 'promise' | 'number' | 'product'
  /** Who has to confirm it before families rely on it; `nobody` for what the tests of the product show. */
  confirms: 'lawyer' | 'psychologist' | 'centre' | 'nobody'
  /** Its clause differs by region, and so does its text. */
  regional?: true
}

const law = { mark: 'read', kind: 'law', confirms: 'lawyer' } as const
const lawOfRegion = { ...law, regional: true } as const
/** Not printed before a lawyer has confirmed it. */
const unread = { mark: 'general', kind: 'law', confirms: 'lawyer' } as const
const product = { mark: 'product', kind: 'product', confirms: 'nobody' } as const
const advice = { mark: 'read', kind: 'advice', confirms: 'psychologist' } as const
const judged = { mark: 'judged', kind: 'advice', confirms: 'psychologist' } as const

export const facts = {
  'removal-threat': law,
  'removal-exceptional': law,
  'rights-by-court': law,
  'asking-no-ground': unread,
  'asking-no-register': unread,
  'debts-unnamed': unread,
  'duty-to-report': law,
  'duty-of-anyone': law,
  'dangerous-position': law,
  'own-register': lawOfRegion,
  commission: lawOfRegion,
  'home-survey': lawOfRegion,
  'help-kinds': lawOfRegion,
  'addiction-helped': lawOfRegion,
  'refusal-ends': lawOfRegion,
  'minors-ask': lawOfRegion,
  'entry-with-consent': law,
  'inspection-apart': law,
  'service-refused': law,
  'urgent-services': law,
  'who-is-helped': law,
  'child-to-guardianship': law,
  'child-to-shelter': law,
  'child-heard': law,
  'injuries-recorded': law,
  'shelter-found': law,
  'shelter-and-police': law,
  'missing-at-once': law,
  'helpline-nameless': law,
  'visit-agreed': { mark: 'general', kind: 'promise', confirms: 'centre' },
  'search-volunteers': { mark: 'read', kind: 'number', confirms: 'centre' },
  'readers-here': product,
  'sharing-asked': product,
  'chat-on-phone': product,
  'parents-apart': product,
  'no-papers-asked': product,
  'account-kept': product,
  withdrawal: product,
  'violence-steps': advice,
  'violence-bag': judged,
  'child-beaten-steps': advice,
  'not-your-fault': advice,
  'drunk-steps': advice,
  'drunk-asleep': judged,
  'own-suicide-steps': advice,
  'own-suicide-tonight': judged,
  'child-suicide-steps': advice,
  'abuse-told': advice,
  'abuse-traces': judged,
  'runaway-steps': advice,
  'missing-steps': advice,
  'hunger-steps': judged,
  'cold-night': judged,
  'own-hands-steps': advice,
  'alone-at-home': judged,
  'at-the-door': advice,
  'hiding-steps': advice,
  'call-quietly': judged,
  'someone-hurt': judged,
} as const satisfies Record<string, Fact>

export type FactId = keyof typeof facts
export const factIds = Object.keys(facts) as readonly FactId[]
export const factOf = (id: FactId): Fact => facts[id]

/** Who of the centre has confirmed a fact, and on which day: deployment data, as the territories are. */
export const confirmationSchema = z.strictObject({ by: z.string().min(1), on: z.iso.date() })
export type Confirmation = z.infer<typeof confirmationSchema>
export const confirmedFactsSchema = z.partialRecord(
  z.enum(factIds as readonly [FactId, ...FactId[]]),
  confirmationSchema,
)
