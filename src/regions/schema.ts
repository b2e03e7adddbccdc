import { z } from 'zod'
import { caseRulesSchema } from './case-rules.ts'
import type { DaysOff } from './days-off.ts'
import type { CatalogueEntry } from './catalogue.ts'
import type { DocumentRule } from './documents.ts'
import { confirmedFactsSchema } from './facts.ts'
import { type HelpKind, helpKinds } from './help-kinds.ts'
import type { RegisterRule } from './registers/register.ts'
import type { Territory } from './territories.ts'

export { type HelpKind, helpKinds } from './help-kinds.ts'

/**
 * The regulations as data. A `RegionText` (`stavropol.ts` and its neighbours) holds the rules of a region's own
 * text; a `Region`, which the product uses, adds federal rules and defaults for the missing ones and names the source of each.
 */
export const regionCodes = ['stavropol', 'nyagan', 'chelyabinsk', 'novgorod', 'crimea'] as const
export type RegionCode = (typeof regionCodes)[number]

const applicantCodes = ['parent', 'representative', 'minor', 'other-person'] as const

/** Headings for the list of circumstances, in display order. */
export const circumstanceGroups = [
  'child',
  'conflict-and-violence',
  'parents',
  'family',
  'housing-and-money',
  'health',
] as const
type CircumstanceGroup = (typeof circumstanceGroups)[number]

export const deadlineCodes = ['home-survey', 'commission-decision', 'ipss', 'ipss-copy', 'contract'] as const
export type DeadlineCode = (typeof deadlineCodes)[number]
const supportLevels = ['adaptation', 'basic', 'crisis', 'emergency'] as const
export type SupportLevel = (typeof supportLevels)[number]

const code = z.string().regex(/^[a-z]+(-[a-z0-9]+)*$/)
/** The clause that states the rule: `6.8`, `algorithm 1` (Nyagan's leaflet); `product` for the product's own rules. */
const clause = z.string().min(1)

const applicantRule = z.strictObject({
  allowed: z.boolean(),
  /** An application (заявление), or a message (сообщение) that starts the same process. */
  registeredAs: z.enum(['application', 'message']),
  clause,
})

/** `contract`: the contract, or agreement, has been concluded. */
const deadlineEvents = ['application', 'survey-referral', 'ipss-approval', 'contract'] as const
export type DeadlineEvent = (typeof deadlineEvents)[number]

const deadline = z.strictObject({
  days: z.int().positive(),
  /** «Рабочих дней», or «дней» without «рабочих». */
  dayKind: z.enum(['working', 'calendar']),
  /** Counting starts the day after this event. */
  from: z.enum(deadlineEvents),
  clause,
})
export type DeadlineRule = z.infer<typeof deadline> & { code: DeadlineCode }

/** `urgentHint`: the wording implies violence or suicide; the crisis card is offered and staff see it first. */
const need = { code, urgentHint: z.literal(true).optional(), clause }
/** A category of families, or a circumstance; its topic on the list by which people tell. */
const grouped = z.strictObject({ ...need, group: z.enum(circumstanceGroups) })

/** Roles notified of a request that cannot be assigned: the region's specialists, the territory's supervisors. */
const fallbackRoles = ['intake', 'supervisor'] as const

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

/** How long a request may wait for its assignee before it is escalated to the next one and to a supervisor. */
const routing = z.strictObject({
  urgentMinutes: z.int().positive(),
  /** Counted within `workingTime`, on working days. */
  ordinaryWorkingHours: z.int().positive(),
  workingTime: z.strictObject({ from: timeOfDay, until: timeOfDay }),
  fallbackGroup: z.array(z.enum(fallbackRoles)).min(1),
})
export type RoutingRule = z.infer<typeof routing>

/** When staff are told that work of theirs falls due or stands still; all in working days. */
const followUp = z.strictObject({
  /** So long before the last day of a term it counts as near. */
  nearDays: z.int().nonnegative(),
  /** So long without an act, a case stands still. */
  stillDays: z.int().positive(),
  /** Stages that last for months, in which nothing stands still. */
  longStages: z.array(code),
})
export type FollowUpRule = z.infer<typeof followUp>

/** Who may tell the centre of a family, besides those who apply for themselves in the bot; each region has its own of them. */
export const sourceCodes = [
  'other-person',
  'organisation',
  'state-body',
  'municipal-body',
  'association',
  'internal-memo',
  'prevention-body',
  'school',
  'helpline',
  'child-helpline',
  'hotline',
  'trust-mail',
  'portal',
  'family-ambulance',
  'own-finding',
  'application',
  'services-application',
] as const

/** Only an application starts terms: a message, an appeal or a memo starts none (Stavropol 6.8: «со дня поступления заявления»). */
const sourceRule = z.strictObject({
  code: z.enum(sourceCodes),
  from: z.enum(['person', 'organisation', 'helpline', 'staff', 'applicant']),
  registeredAs: z.enum(['application', 'appeal', 'message', 'memo']),
  clause,
})

/** A sign by which a level is proposed at the survey; its words are in `locales/`. */
const levelSign = z.strictObject({ code, level: z.enum(supportLevels), clause })

/** How often the curator visits: a range of visits per week or month. */
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
  /** Below this age (full years) a parent's agreement is asked for what a minor asks. */
  minorAgreement: z.strictObject({ askBelow: z.int().min(14).max(18), clause }).optional(),
  categories: z.array(grouped),
  circumstances: z.array(grouped),
  helpKinds: z.array(z.enum(helpKinds)).min(1),
  /** The kinds that the regulation tells to account for one by one. */
  accounted: z.strictObject({ kinds: z.array(z.enum(helpKinds)).min(1), clause }).optional(),
  deadlines: z.partialRecord(z.enum(deadlineCodes), deadline),
  supportLevels: z.record(
    z.enum(supportLevels),
    z.strictObject({ months: z.int().positive().optional(), clause }),
  ),
  visitCadence: z.partialRecord(z.enum(supportLevels), visitCadence),
  /** In the order in which a case passes through them. */
  stages: z.array(code).min(1),
  /** The deadlines by which each stage must end; a stage not listed has none. */
  stageDeadlines: z.record(code, z.array(z.enum(deadlineCodes)).min(1)),
  /** For each event that the region's deadlines count from: the stage whose beginning or end it coincides with. */
  stageEvents: z.partialRecord(
    z.enum(deadlineEvents).exclude(['application']),
    z.strictObject({ stage: code, at: z.enum(['beginning', 'end']) }),
  ),
  /** Events, duties and grounds to close. */
  caseRules: caseRulesSchema,
  /** The centre's own figures; missing ones come from the product's default. */
  routing: routing.partial().extend({ clause }).optional(),
  /** The same for what staff are reminded of. */
  followUp: followUp.partial().extend({ clause }).optional(),
  /** Facts of the guide (`facts.ts`) that somebody of the centre has confirmed. */
  confirmedFacts: confirmedFactsSchema,
  /** Empty: the text names nobody but the applicant, and the product's own list applies. */
  sources: z.array(sourceRule),
  levelSigns: z.array(levelSign),
})
export type RegionText = z.infer<typeof regionTextSchema>

/** A federal law that was seen in its own text. 442-ФЗ, `15 (1) 5`: статья 15, часть 1, пункт 5. */
export type FederalClause = { act: '442-FZ'; clause: string }
/** A clause of the region's own text, a federal one, or `default` if there is neither; the bot then shows «по умолчанию». */
type Source = { clause: string; act?: never } | FederalClause | 'default'
export type Sourced<T> = { value: T; source: Source }

export type Need = { code: string; urgentHint: boolean; source: Source; group: CircumstanceGroup }

/** Whoever may tell the centre of a family. `startsTerms`: it is an application. */
export type IncomingSource = Omit<z.infer<typeof sourceRule>, 'clause'> & {
  startsTerms: boolean
  source: Source
}
export type LevelSign = z.infer<typeof levelSign>

export type Region = Pick<
  RegionText,
  | 'timeZone'
  | 'locale'
  | 'applicants'
  | 'representatives'
  | 'helpKinds'
  | 'stages'
  | 'stageDeadlines'
  | 'stageEvents'
  | 'caseRules'
  | 'confirmedFacts'
  | 'levelSigns'
> & {
  /** One of `regionCodes`, or the code of a region of a file. */
  readonly code: string
  sources: readonly IncomingSource[]
  /** Below this age (full years) a parent's agreement is asked for what a minor asks. */
  minorAgreement: Sourced<number>
  /** Those of the centre that are in use, in display order: its own data, because the regulations list none. */
  readonly territories: readonly Territory[]
  categories: readonly Need[]
  circumstances: readonly Need[]
  deadlines: Readonly<Record<DeadlineCode, Sourced<DeadlineRule>>>
  /** The next step after submission and its deadline: the commission's decision (6.8). */
  nextStep: Sourced<DeadlineRule>
  /** How long support lasts at each level, in months. */
  supportMonths: Readonly<Record<SupportLevel, Sourced<number>>>
  /** The kinds of help that are accounted for one by one. */
  accounted: Sourced<readonly HelpKind[]>
  /** How often the curator visits a family at each level. */
  visitCadence: Readonly<Record<SupportLevel, Sourced<VisitCadence>>>
  routing: Sourced<RoutingRule>
  followUp: Sourced<FollowUpRule>
  /** The documents of a case that its text names. */
  documents: readonly DocumentRule[]
  /** Those that its text tells to keep, or else the product's. */
  registers: readonly RegisterRule[]
  /** The help that its text lists, from which plans are picked; empty if it lists none. */
  catalogue: readonly CatalogueEntry[]
  /** Beside the federal ones. */
  daysOff: DaysOff
}

/** The region with something that may change while the product runs: whoever reads it gets what it is by then. */
export const withCurrent = <Key extends keyof Region>(
  region: Region,
  key: Key,
  get: () => Region[Key],
): Region =>
  Object.defineProperties({} as Region, {
    ...Object.getOwnPropertyDescriptors(region),
    [key]: { get, enumerable: true },
  })
