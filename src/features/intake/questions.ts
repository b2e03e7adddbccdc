import type { Region } from '#regions/schema.ts'
import { type Answers, applicants, type QuestionId, safeContacts, sightings } from './answers.ts'
import { mayBeCalled } from './safe-contact.ts'

/** «None of these, in own words» and «do not know what to call it»: options of every region. */
export const otherOption = 'other'
export const unknownOption = 'unknown'

export type QuestionKind =
  /** One option; a tap answers the question. */
  | 'one'
  /** Several options, marked with ✓ and then confirmed. */
  | 'many'
  /** Free text. */
  | 'words'
  | 'date'
  | 'years'
  | 'phone'
  /** A consent with its own text and button, never ticked in advance. */
  | 'consent'

/** What people count: several questions are one step. */
export type StepOfIntake =
  | 'who'
  | 'consent'
  | 'story'
  | 'danger'
  | 'place'
  | 'details'
  | 'contact'
  | 'agreement'

export type Question = {
  id: QuestionId
  kind: QuestionKind
  step: StepOfIntake
  /** Whether the question is on the path of these answers in this region. */
  showIf: (answers: Answers, region: Region) => boolean
  /** Codes of the options, in the order shown. */
  options?: (region: Region, answers: Answers) => readonly string[]
  /** The one answer is kept as a list. */
  list?: boolean
  /** May be left empty. */
  optional?: boolean
  /** The specialist can ask it later: it may be skipped, and is then off the path. */
  later?: boolean
}

const always = () => true
const isMinor = (answers: Answers) => answers.applicant === 'minor'
const minorFirst = ['minor', ...applicants.filter((one) => one !== 'minor')] as const
/** Somebody who writes of another family. */
export const isOutsider = (answers: Answers) => answers.applicant === 'other-person'
/** Whether this region takes what they write. */
export const isAllowedApplicant = (applicant: (typeof applicants)[number], region: Region): boolean =>
  region.applicants[applicant].allowed
const isOfFamily = (answers: Answers) => !isOutsider(answers)
const isFamilyAdult = (answers: Answers) =>
  answers.applicant === 'parent' || answers.applicant === 'representative'

/**
 * The questionnaire, in the order of asking: what has happened comes first (ADR 49). Regions differ by data only:
 * applicants, territories, categories, circumstances and kinds of help come from the region's file.
 */
export const questions: readonly Question[] = [
  {
    id: 'applicant',
    kind: 'one',
    step: 'who',
    showIf: always,
    // On the short way children come first: they have nobody who reads the list for them.
    options: (region, { short }) =>
      (short ? minorFirst : applicants).filter((applicant) => isAllowedApplicant(applicant, region)),
  },
  {
    id: 'representative',
    kind: 'one',
    step: 'who',
    showIf: (answers) => answers.applicant === 'representative',
    options: (region) => region.representatives,
    later: true,
  },
  { id: 'birthDate', kind: 'date', step: 'who', showIf: isMinor },
  { id: 'personalData', kind: 'consent', step: 'consent', showIf: always },
  { id: 'ownWords', kind: 'words', step: 'story', showIf: always, optional: true },
  { id: 'danger', kind: 'one', step: 'danger', showIf: always, options: () => ['now', 'no', 'unknown'] },
  {
    id: 'territory',
    kind: 'one',
    step: 'place',
    showIf: always,
    options: (region) => [...region.territories.map(({ code }) => code), otherOption],
  },
  {
    id: 'territoryWords',
    kind: 'words',
    step: 'place',
    showIf: (answers) => answers.territory === otherOption,
    later: true,
  },
  { id: 'whichFamily', kind: 'words', step: 'place', showIf: isOutsider, later: true },
  { id: 'seenWhen', kind: 'one', step: 'place', showIf: isOutsider, options: () => sightings },
  {
    id: 'circumstances',
    kind: 'many',
    step: 'details',
    showIf: (_, region) => region.circumstances.length > 0,
    options: (region) => [...region.circumstances.map(({ code }) => code), unknownOption],
    later: true,
  },
  {
    id: 'categories',
    kind: 'many',
    step: 'details',
    // Chosen from the same list as circumstances; a question of its own only where one is changed.
    showIf: (_, region) => region.categories.length > 0,
    options: (region) => [...region.categories.map(({ code }) => code), unknownOption],
    later: true,
  },
  {
    id: 'helpKinds',
    kind: 'many',
    step: 'details',
    // Who is thirteen does not know what «legal help» is, and a neighbour does not know what the family wants.
    showIf: isFamilyAdult,
    options: (region) => [...region.helpKinds, unknownOption],
    later: true,
  },
  { id: 'children', kind: 'years', step: 'details', showIf: isFamilyAdult, later: true },
  { id: 'safeContact', kind: 'one', step: 'contact', showIf: always, options: () => safeContacts },
  // Without a number there is nothing to call: the short way asks of writing only.
  {
    id: 'safeToWrite',
    kind: 'one',
    step: 'contact',
    showIf: ({ short }) => short === true,
    options: () => ['yes', 'no'],
  },
  { id: 'name', kind: 'words', step: 'contact', showIf: always, later: true },
  { id: 'phone', kind: 'phone', step: 'contact', showIf: mayBeCalled },
  {
    id: 'hours',
    kind: 'one',
    step: 'contact',
    showIf: (answers) => mayBeCalled(answers) && answers.phone !== 'telegram-only',
    options: () => ['morning', 'day', 'evening', 'any'],
    list: true,
    later: true,
  },
  // Asked before ADR 49; a session may still show it.
  { id: 'safeToCall', kind: 'one', step: 'contact', showIf: () => false, options: () => ['yes', 'no'] },
  { id: 'mayName', kind: 'one', step: 'contact', showIf: isOutsider, options: () => ['no', 'yes'] },
  {
    id: 'parents',
    kind: 'one',
    step: 'contact',
    showIf: isMinor,
    options: () => ['yes', 'unsafe', 'later'],
  },
  { id: 'supportRequest', kind: 'consent', step: 'agreement', showIf: isOfFamily },
  { id: 'dataSharing', kind: 'consent', step: 'agreement', showIf: isOfFamily },
]

/**
 * The short way of somebody who is in danger: who writes, the two consents, the place, and whether writing is safe. The
 * age of a child is not asked: it changes nothing about the centre's duty.
 */
const shortWay: readonly QuestionId[] = [
  'applicant',
  'personalData',
  'territory',
  'safeToWrite',
  'supportRequest',
]

/** Whether the question is on the path of these answers in this region. */
export const isAsked = ({ id, showIf }: Question, answers: Answers, region: Region): boolean =>
  (answers.short !== true || shortWay.includes(id)) && showIf(answers, region)

export const question = (id: QuestionId): Question => {
  const found = questions.find((one) => one.id === id)
  if (!found) throw new Error(`No question ${id}`)
  return found
}

/** Options that exclude the others of their question: a tap on one answers it. */
export const exclusiveOptions: readonly string[] = [unknownOption, 'any']
