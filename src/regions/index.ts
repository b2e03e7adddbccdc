import { catalogueOf } from './catalogue.ts'
import { chelyabinsk } from './chelyabinsk.ts'
import { crimea } from './crimea.ts'
import { daysOffOf } from './days-off.ts'
import { documentsOf } from './documents.ts'
import { federalCircumstances } from './federal.ts'
import { registersOf } from './registers/index.ts'
import { novgorod } from './novgorod.ts'
import { nyagan } from './nyagan.ts'
import { sourcesOf } from './incoming-sources.ts'
import type {
  DeadlineCode,
  DeadlineRule,
  FollowUpRule,
  Need,
  Region,
  RegionCode,
  RegionText,
  RoutingRule,
  Sourced,
  SupportLevel,
  VisitCadence,
} from './schema.ts'
import { stavropol } from './stavropol.ts'
import { territoriesOfNewCentre } from './territories.ts'

export { type RegionCode, regionCodes } from './schema.ts'

/** The rules stated in each region's regulation; rules it does not state are left out. */
export const regionTexts: Readonly<Record<RegionCode, RegionText>> = {
  stavropol,
  nyagan,
  chelyabinsk,
  novgorod,
  crimea,
}

/** The region's complete rules: those its regulation does not state come from the default, with `source: 'default'`. */
export const region = (code: RegionCode): Region => regions[code]

type Rules = Omit<RegionText, 'code'>

/** Adds the default to what a text says. Territories and days off are not in the text. */
export const completeRegion = (
  text: Rules & { code: string },
  { territories, daysOff }: Pick<Region, 'territories' | 'daysOff'>,
): Region => ({
  code: text.code,
  timeZone: text.timeZone,
  locale: text.locale,
  applicants: text.applicants,
  representatives: text.representatives,
  minorAgreement: minorAgreementOf(text),
  territories,
  categories: text.categories.map(stated),
  circumstances: circumstancesOf(text),
  helpKinds: text.helpKinds,
  accounted: text.accounted
    ? { value: text.accounted.kinds, source: { clause: text.accounted.clause } }
    : { value: text.helpKinds, source: 'default' },
  deadlines: {
    'home-survey': deadlineOf(text, 'home-survey'),
    'commission-decision': deadlineOf(text, 'commission-decision'),
    ipss: deadlineOf(text, 'ipss'),
    'ipss-copy': deadlineOf(text, 'ipss-copy'),
    contract: deadlineOf(text, 'contract'),
  },
  nextStep: deadlineOf(text, 'commission-decision'),
  supportMonths: {
    adaptation: monthsOf(text, 'adaptation'),
    basic: monthsOf(text, 'basic'),
    crisis: monthsOf(text, 'crisis'),
    emergency: monthsOf(text, 'emergency'),
  },
  visitCadence: {
    adaptation: cadenceOf(text, 'adaptation'),
    basic: cadenceOf(text, 'basic'),
    crisis: cadenceOf(text, 'crisis'),
    emergency: cadenceOf(text, 'emergency'),
  },
  stages: text.stages,
  stageDeadlines: text.stageDeadlines,
  stageEvents: text.stageEvents,
  caseRules: text.caseRules,
  routing: routingOf(text),
  followUp: followUpOf(text),
  confirmedFacts: text.confirmedFacts,
  documents: documentsOf(text.code),
  registers: registersOf(text.code, text.helpKinds),
  catalogue: catalogueOf(text.code),
  daysOff,
  sources: sourcesOf(text),
  levelSigns: text.levelSigns,
})

const complete = (text: RegionText): Region =>
  completeRegion(text, { territories: territoriesOfNewCentre[text.code], daysOff: daysOffOf(text.code) })

/** The product's own figure where a text says nothing of a minor's own application, or lets minors apply alone. */
const agreementBelow = 14

const minorAgreementOf = ({ minorAgreement: own }: Rules): Sourced<number> =>
  own ? { value: own.askBelow, source: { clause: own.clause } } : { value: agreementBelow, source: 'default' }

/** The product's own figures: no regulation limits how long a request may wait. */
const routingDefault: RoutingRule = {
  urgentMinutes: 15,
  ordinaryWorkingHours: 4,
  workingTime: { from: '09:00', until: '18:00' },
  fallbackGroup: ['intake', 'supervisor'],
}

const routingOf = ({ routing }: Rules): Sourced<RoutingRule> => {
  if (!routing) return { value: routingDefault, source: 'default' }
  const value = {
    urgentMinutes: routing.urgentMinutes ?? routingDefault.urgentMinutes,
    ordinaryWorkingHours: routing.ordinaryWorkingHours ?? routingDefault.ordinaryWorkingHours,
    workingTime: routing.workingTime ?? routingDefault.workingTime,
    fallbackGroup: routing.fallbackGroup ?? routingDefault.fallbackGroup,
  }
  return { value, source: { clause: routing.clause } }
}

/** The product's own figures: no regulation says when a case stands still. */
const followUpDefault: FollowUpRule = {
  nearDays: 2,
  stillDays: 5,
  longStages: ['activities', 'monitoring', 'post-support'],
}

const followUpOf = ({ followUp }: Rules): Sourced<FollowUpRule> => {
  if (!followUp) return { value: followUpDefault, source: 'default' }
  const { clause, ...own } = followUp
  return {
    value: {
      nearDays: own.nearDays ?? followUpDefault.nearDays,
      stillDays: own.stillDays ?? followUpDefault.stillDays,
      longStages: own.longStages ?? followUpDefault.longStages,
    },
    source: { clause },
  }
}

const deadlineOf = (text: Rules, code: DeadlineCode): Sourced<DeadlineRule> => {
  const own = text.deadlines[code]
  return own
    ? { value: { code, ...own }, source: { clause: own.clause } }
    : { value: { code, ...stavropol.deadlines[code] }, source: 'default' }
}

const monthsOf = (text: Rules, level: SupportLevel): Sourced<number> => {
  const { months, clause } = text.supportLevels[level]
  return months
    ? { value: months, source: { clause } }
    : { value: stavropol.supportLevels[level].months, source: 'default' }
}

const cadenceOf = (text: Rules, level: SupportLevel): Sourced<VisitCadence> => {
  const own = text.visitCadence[level]
  const { clause, ...value } = own ?? stavropol.visitCadence[level]
  return { value, source: own ? { clause } : 'default' }
}

/**
 * The region's own list, and what the default adds to it. A region without a list gets the whole default, without what it asks
 * about as a category. One with a list gets only what speaks of violence or suicide: a child must find these words anywhere.
 */
const circumstancesOf = (text: Rules): Region['circumstances'] => {
  const own = new Set([...text.categories, ...text.circumstances].map(({ code }) => code))
  const added = stavropol.circumstances
    .map(stated)
    .filter(({ code, urgentHint }) => !own.has(code) && (text.circumstances.length === 0 || urgentHint))
    .map((one): Need => ({ ...one, source: federalCircumstances[one.code] ?? 'default' }))
  return [...text.circumstances.map(stated), ...added]
}

const stated = ({ code, urgentHint, clause, group }: RegionText['categories'][number]): Need => ({
  code,
  urgentHint: urgentHint ?? false,
  group,
  source: { clause },
})

const regions: Readonly<Record<RegionCode, Region>> = {
  stavropol: complete(stavropol),
  nyagan: complete(nyagan),
  chelyabinsk: complete(chelyabinsk),
  novgorod: complete(novgorod),
  crimea: complete(crimea),
}
