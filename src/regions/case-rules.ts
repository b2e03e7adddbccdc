import { z } from 'zod'

// What may happen to a case, as data by region: events with dates of their own, the stages that they begin or end, the duties
// that come again, and the grounds on which support ends.

/** What happened on a day. The texts of all regions know these; a region has those that its own text names. */
export const caseEventKinds = [
  'application',
  'survey-referral',
  'survey-done',
  'sent-to-commission',
  'need-recognised',
  'curator-named',
  'contact-made',
  'contract',
  'first-diagnosis',
  'ipss-sent',
  'ipss-approved',
  'ipss-rejected',
  'ipss-copy-given',
  'ipss-began',
  'interim-diagnosis',
  'ipss-ended',
  'final-diagnosis',
  'continued',
] as const
export type CaseEventKind = (typeof caseEventKinds)[number]

const stage = z.string().regex(/^[a-z]+(-[a-z0-9]+)*$/)
const clause = z.string().min(1)

const caseEvent = z.strictObject({
  /** The stage that ends with it; the next one begins. */
  ends: stage.optional(),
  /** The stage that begins with it. */
  begins: stage.optional(),
  /** An earlier stage to which the case goes back: a plan was rejected, or the next one begins. */
  back: stage.optional(),
  /** What must have happened before. */
  after: z.array(z.enum(caseEventKinds)).optional(),
  /** Whether it happens more than once for the same plan. */
  again: z.literal(true).optional(),
  clause,
})

/** Who has to see to a term. */
const responsible = [
  'curator',
  'institution',
  'commission',
  'institution-commission',
  'working-group',
] as const
export type Responsible = (typeof responsible)[number]

const closingGround = ['goals-reached', 'family-wish', 'moved-away', 'other'] as const
export type ClosingGround = (typeof closingGround)[number]

export const caseRulesSchema = z.strictObject({
  events: z.partialRecord(z.enum(caseEventKinds), caseEvent),
  /** The event that meets each term of `deadlines`, and who sees to it. */
  met: z.partialRecord(
    z.enum(['home-survey', 'commission-decision', 'ipss', 'ipss-copy', 'contract']),
    z.strictObject({ by: z.enum(caseEventKinds), responsible: z.enum(responsible) }),
  ),
  /** Every so many months; `product` where the text names no interval. */
  interim: z.strictObject({ months: z.int().positive(), clause }),
  postSupport: z.strictObject({ months: z.int().positive(), times: z.int().positive(), clause }),
  /** Stages in which a case may stand without a term: neither the text nor the product sets one. */
  untimed: z.array(stage),
  /** The text's own grounds on which support ends; none: the product's. */
  closing: z.array(z.strictObject({ code: z.enum(closingGround), clause })),
})
export type CaseRules = z.infer<typeof caseRulesSchema>

/** The product's own grounds, for a region whose text has none. */
export const productGrounds: readonly ClosingGround[] = closingGround
