import { z } from 'zod'

/**
 * The regulations as data. What a region's own text says is a `RegionText` (`stavropol.ts`, `nyagan.ts`);
 * what the product works with is a `Region`, in which the silences are filled by the default and say so.
 */
export const regionCodes = ['stavropol', 'nyagan'] as const
export type RegionCode = (typeof regionCodes)[number]

const applicantCodes = ['parent', 'representative', 'minor', 'other-person'] as const

/** Headings under which circumstances are shown, in the order shown. */
export const circumstanceGroups = [
  'child',
  'conflict-and-violence',
  'parents',
  'family',
  'housing-and-money',
  'health',
] as const
type CircumstanceGroup = (typeof circumstanceGroups)[number]

export const helpKinds = ['medical', 'psychological', 'pedagogical', 'legal', 'social'] as const
export const deadlineCodes = ['home-survey', 'commission-decision', 'ipss', 'ipss-copy', 'contract'] as const
export type DeadlineCode = (typeof deadlineCodes)[number]
const supportLevels = ['adaptation', 'basic', 'crisis', 'emergency'] as const
export type SupportLevel = (typeof supportLevels)[number]

const code = z.string().regex(/^[a-z]+(-[a-z0-9]+)*$/)
/** Where the text says it: `6.8`, `algorithm 1` (of Nyagan's leaflet); `product` for a rule that this product sets in every region. */
const clause = z.string().min(1)

const applicantRule = z.strictObject({
  allowed: z.boolean(),
  /** An application (заявление), or a message (сообщение) that starts the same work. */
  registeredAs: z.enum(['application', 'message']),
  clause,
})

const deadlineEvents = ['application', 'survey-referral', 'ipss-approval'] as const
export type DeadlineEvent = (typeof deadlineEvents)[number]

const deadline = z.strictObject({
  days: z.int().positive(),
  /** «Рабочих дней», or «дней» without «рабочих». */
  dayKind: z.enum(['working', 'calendar']),
  /** The event after whose day the counting begins. */
  from: z.enum(deadlineEvents),
  clause,
})
export type DeadlineRule = z.infer<typeof deadline> & { code: DeadlineCode }

/** `urgentHint`: the words speak of violence or suicide, so the crisis card is offered and staff look first. */
const need = { code, urgentHint: z.literal(true).optional(), clause }
const category = z.strictObject(need)
const circumstance = z.strictObject({ ...need, group: z.enum(circumstanceGroups) })

/** Who is told of a request that nobody can be given: every specialist of the region, the territory's supervisors. */
const fallbackRoles = ['intake', 'supervisor'] as const

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

/** How long a request may wait for whoever it went to before it goes to the next one, and to a supervisor. */
const routing = z.strictObject({
  urgentMinutes: z.int().positive(),
  /** Of the working time, on working days. */
  ordinaryWorkingHours: z.int().positive(),
  workingTime: z.strictObject({ from: timeOfDay, until: timeOfDay }),
  fallbackGroup: z.array(z.enum(fallbackRoles)).min(1),
})
export type RoutingRule = z.infer<typeof routing>

/** How often the curator comes: so many times in a week or a month. */
const visitCadence = z.strictObject({
  atLeast: z.int().positive(),
  atMost: z.int().positive(),
  per: z.enum(['week', 'month']),
  clause,
})
export type VisitCadence = Omit<z.infer<typeof visitCadence>, 'clause'>

export const regionTextSchema = z.strictObject({
  code: z.enum(regionCodes),
  timeZone: z.string(),
  locale: z.string(),
  applicants: z.record(z.enum(applicantCodes), applicantRule),
  representatives: z.array(code).min(1),
  /** Deployment data: the texts name no territories. */
  territories: z.array(z.strictObject({ code })).min(1),
  categories: z.array(category),
  circumstances: z.array(circumstance),
  helpKinds: z.array(z.enum(helpKinds)).min(1),
  deadlines: z.partialRecord(z.enum(deadlineCodes), deadline),
  supportLevels: z.record(
    z.enum(supportLevels),
    z.strictObject({ months: z.int().positive().optional(), clause }),
  ),
  visitCadence: z.partialRecord(z.enum(supportLevels), visitCadence),
  /** In the order in which a case goes through them. */
  stages: z.array(code).min(1),
  /** By which deadlines a stage is to be over; a stage that is left out has none. */
  stageDeadlines: z.record(code, z.array(z.enum(deadlineCodes)).min(1)),
  /** The stage with whose beginning, or whose end, each event takes place that terms are counted from. */
  stageEvents: z.record(
    z.enum(deadlineEvents).exclude(['application']),
    z.strictObject({ stage: code, at: z.enum(['beginning', 'end']) }),
  ),
  /** What the centre says of its own; what it leaves out is the product's. */
  routing: routing.partial().extend({ clause }).optional(),
})
export type RegionText = z.infer<typeof regionTextSchema>

/** A clause of the region's own text, or `default`: the text is silent, and the answer says «по умолчанию». */
type Source = { clause: string } | 'default'
export type Sourced<T> = { value: T; source: Source }

export type Need = { code: string; urgentHint: boolean; source: Source }
export type Circumstance = Need & { group: CircumstanceGroup }

export type Region = Pick<
  RegionText,
  | 'code'
  | 'timeZone'
  | 'locale'
  | 'applicants'
  | 'representatives'
  | 'territories'
  | 'helpKinds'
  | 'stages'
  | 'stageDeadlines'
  | 'stageEvents'
> & {
  categories: readonly Need[]
  circumstances: readonly Circumstance[]
  deadlines: Readonly<Record<DeadlineCode, Sourced<DeadlineRule>>>
  /** What the family waits for after submitting, with its deadline: the commission's decision (6.8). */
  nextStep: Sourced<DeadlineRule>
  /** How long support lasts at each level, in months. */
  supportMonths: Readonly<Record<SupportLevel, Sourced<number>>>
  /** How often the curator visits a family at each level. */
  visitCadence: Readonly<Record<SupportLevel, Sourced<VisitCadence>>>
  routing: Sourced<RoutingRule>
}
