import type { QuestionKind, Words } from '#surveys/schema.ts'

// The results of a survey. Every null documented as «too few» means that fewer than five families are behind the
// figure, or that subtraction would reveal fewer than five: it is displayed as «too few answers», never left out.

/** A confidence interval of 95 %. */
export type Interval = { from: number; to: number }

/** One answer and how many gave it; questions of kind `many` allow several at once. */
export type Part = {
  /** The number (1–5, 0–10; 1 for yes and 0 for no), or the index of the option. */
  value: number
  /** `yes`, `no` or the option's code; null for a number. */
  code: string | null
  /** The label of the option or of the step of a `scale`; null otherwise. */
  words: Words | null
  count: number
  /** 0–1, of `n`. */
  share: number
  /** Wilson's. */
  interval: Interval
}

/** The single figure of a question: the mean of a scale, or the share (0–1) of yes. */
export type Measure = {
  of: 'mean' | 'share'
  value: number
  /** Student's for a mean, null for a single answer; Wilson's for a share. */
  interval: Interval | null
}

/** The figure of a question for a group of families. */
export type Figure = {
  n: number
  /** Null for choices and free text, which have no single figure. */
  measure: Measure | null
}

export type QuestionResult = {
  code: string
  /** The version that last changed it; answers to another wording are a separate result. */
  since: number
  kind: QuestionKind
  words: Words
  /** Null: too few. */
  answers: {
    /** Number of answers. */
    n: number
    passedOver: number
    /** All values in order, including those never chosen; empty for free text. */
    distribution: Part[]
    measure: Measure | null
    /** Only for numeric questions. */
    median: number | null
  } | null
  /** All months of the period, earliest first; `figure` null: too few. */
  trend: { month: string; figure: Figure | null }[]
}

export const dimensions = ['territory', 'level', 'help-kind', 'curator'] as const
export type Dimension = (typeof dimensions)[number]

/** One group of a breakdown. */
export type Cell = {
  /** Territory, level, kind of help, or the curator's id; `none` for families without one. */
  code: string
  /** Number of submitted sets; null: too few. */
  sets: number | null
  /** In the order of `questions`; null: too few. */
  figures: (Figure | null)[]
}

export type Funnel = {
  invited: number
  opened: number
  started: number
  finished: number
  /**
   * Time from the first answer to submission; null if there are no submissions, or the query selects a level, kind or
   * curator.
   */
  medianSeconds: number | null
  /** Members who started and stopped, by the last question they answered, in survey order. */
  stopped: { question: string; words: Words; count: number }[]
}

/** The query: whole months, a territory, and at most one of level, kind of help and curator. */
export type ResultsQuery = {
  code: string
  /** Months, `YYYY-MM`, both included. */
  from: string
  until: string
  territory?: string | undefined
  level?: string | undefined
  helpKind?: string | undefined
  curatorId?: string | undefined
  /** Only questions of this version; absent: of all answered versions. */
  version?: number | undefined
}

export type SurveyResults = {
  code: string
  /** The newest version; the title is from it. */
  version: number
  title: Words
  query: ResultsQuery
  /** Includes answers of minors. */
  minors: boolean
  /** Number of submitted sets; null: too few, and everything else is suppressed, too. */
  sets: number | null
  funnel: Funnel | null
  /** In the order of the newest version that has them; earlier wordings follow later ones. */
  questions: QuestionResult[]
  /**
   * By territory and, unless the query selects one of level, kind and curator, by these; never by a selected
   * dimension.
   */
  breakdowns: { by: Dimension; cells: Cell[] }[]
}
