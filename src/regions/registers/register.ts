import type { ClosingGround } from '../case-rules.ts'
import type { HelpKind } from '../help-kinds.ts'

// The registers that a region's text tells to keep, as data: what a row is, and which columns it has.

export const registerCodes = [
  'families',
  'journal',
  'after-support',
  'help',
  'results',
  'territories',
] as const
export type RegisterCode = (typeof registerCodes)[number]

/** Columns of a register with a row for each acceptance of a family. */
export const caseColumns = [
  'number',
  'name',
  'territory',
  'application',
  'need-recognised',
  'accepted',
  'circumstances',
  'categories',
  'level',
  'curator',
  'contract',
  'first-diagnosis',
  'ipss-sent',
  'ipss-approved',
  'ipss-began',
  'final-diagnosis',
  'closed',
  'closing',
  'looks',
  'last-look',
  'how',
] as const
export type CaseColumn = (typeof caseColumns)[number]

/** Columns of a register with a row for each kind of help. */
export const helpColumns = [
  'families',
  'planned',
  'activities',
  'times',
  'cancelled',
  'received',
  'no-right',
  'not-possible',
  'no-result',
] as const
export type HelpColumn = (typeof helpColumns)[number]

/** What became of a help (Crimea 1); where a text names no results, these are the product's. */
export const helpResultCodes = ['received', 'no-right', 'not-possible'] as const
export type HelpResultCode = (typeof helpResultCodes)[number]

/** What happened to a family, as results of support count it. */
export const caseFactCodes = [
  'child-given-up',
  'newborn-given-up',
  'rights-lost',
  'returned-from-foster',
] as const
export type CaseFactCode = (typeof caseFactCodes)[number]

/** Of a day: how many families are so. Of a period: to how many it happened. */
export type Counted =
  | { by: 'need'; code: string }
  | { by: 'level'; levels: readonly string[] }
  | { by: 'fact'; code: CaseFactCode }
  /** The final diagnosis found it, or support ended for this reason. */
  | { by: 'overcame'; closing: ClosingGround }
  /** Surveys count it, and protect who answered. */
  | { by: 'survey' }
  /** Nothing of a case says so. */
  | { by: 'elsewhere' }

/** One of the results by which support is judged; `better`: which way they are meant to go. */
export type CaseResult = { code: string; counted: Counted; better: 'more' | 'less' }

type Rows =
  | { rows: 'cases'; columns: readonly CaseColumn[]; inTouch?: true }
  /** `beside`: kinds that the text does not name here. */
  | { rows: 'help'; kinds: readonly HelpKind[]; beside: readonly HelpKind[]; columns: readonly HelpColumn[] }
  | { rows: 'results'; results: readonly CaseResult[] }
  | { rows: 'territories' }

/** `clause`: of the region's text; `product` where it names no such register. */
export type RegisterRule = { code: RegisterCode; clause: string } & Rows
