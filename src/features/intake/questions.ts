import type { Region } from '#regions/schema.ts'
import { type Answers, applicants, type QuestionId } from './answers.ts'

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

export type Question = {
  id: QuestionId
  kind: QuestionKind
  /** Whether the question is on the path of these answers in this region. */
  showIf: (answers: Answers, region: Region) => boolean
  /** Codes of the options, in the order shown. */
  options?: (region: Region, answers: Answers) => readonly string[]
  /** May be left empty. */
  optional?: boolean
  /** Asked after the summary, once everything else is answered, and not listed in it. */
  closing?: boolean
}

const always = () => true
const isMinor = (answers: Answers) => answers.applicant === 'minor'
const isFamilyAdult = (answers: Answers) =>
  answers.applicant === 'parent' || answers.applicant === 'representative'

/**
 * The questionnaire, in the order of asking. Regions differ by data only: applicants, territories,
 * categories, circumstances and kinds of help come from the region's file.
 */
export const questions: readonly Question[] = [
  {
    id: 'applicant',
    kind: 'one',
    showIf: always,
    options: (region) => applicants.filter((applicant) => region.applicants[applicant].allowed),
  },
  {
    id: 'representative',
    kind: 'one',
    showIf: (answers) => answers.applicant === 'representative',
    options: (region) => region.representatives,
  },
  { id: 'birthDate', kind: 'date', showIf: isMinor },
  { id: 'personalData', kind: 'consent', showIf: always },
  { id: 'danger', kind: 'one', showIf: always, options: () => ['now', 'no', 'unknown'] },
  {
    id: 'territory',
    kind: 'one',
    showIf: always,
    options: (region) => [...region.territories.map(({ code }) => code), otherOption],
  },
  { id: 'territoryWords', kind: 'words', showIf: (answers) => answers.territory === otherOption },
  {
    id: 'categories',
    kind: 'many',
    showIf: (_, region) => region.categories.length > 0,
    options: (region) => [...region.categories.map(({ code }) => code), unknownOption],
  },
  {
    id: 'circumstances',
    kind: 'many',
    showIf: (_, region) => region.circumstances.length > 0,
    options: (region) => [...region.circumstances.map(({ code }) => code), unknownOption],
  },
  {
    id: 'helpKinds',
    kind: 'many',
    showIf: always,
    options: (region) => [...region.helpKinds, unknownOption],
  },
  { id: 'children', kind: 'years', showIf: isFamilyAdult },
  { id: 'ownWords', kind: 'words', showIf: always, optional: true },
  { id: 'name', kind: 'words', showIf: always },
  { id: 'phone', kind: 'phone', showIf: always },
  { id: 'hours', kind: 'many', showIf: always, options: () => ['morning', 'day', 'evening', 'any'] },
  {
    id: 'safeToCall',
    kind: 'one',
    showIf: ({ phone }) => phone !== undefined && phone !== 'telegram-only',
    options: () => ['yes', 'no'],
  },
  { id: 'safeToWrite', kind: 'one', showIf: always, options: () => ['yes', 'no'] },
  { id: 'parents', kind: 'one', showIf: isMinor, options: () => ['yes', 'unsafe', 'later'] },
  { id: 'supportRequest', kind: 'consent', showIf: always, closing: true },
  { id: 'dataSharing', kind: 'consent', showIf: always, closing: true },
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

/** Options that exclude the others of their question. */
export const exclusiveOptions: readonly string[] = [unknownOption, 'any']
