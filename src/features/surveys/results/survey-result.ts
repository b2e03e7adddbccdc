import type { QuestionKind, Words } from '#surveys/schema.ts'

// What is known of the answers to a survey. Wherever something is null that says so, fewer than five families stand behind
// it, or it would tell of fewer than five by subtraction: it is shown as «too few answers», never as nothing.

/** Of 95 %. */
export type Interval = { from: number; to: number }

/** How many of those who answered said this; several may be said at once to a question of `many`. */
export type Part = {
  /** The number (1–5, 0–10; 1 for yes and 0 for no), or the place of the option from 0. */
  value: number
  /** `yes` or `no`, or the option's code; null for a number. */
  code: string | null
  /** The option's words, or those of a step of `scale`; null for all else. */
  words: Words | null
  count: number
  /** 0–1, of `n`. */
  share: number
  /** Wilson's. */
  interval: Interval
}

/** One number for a question: the mean of a scale, or how many (0–1) said yes. */
export type Measure = {
  of: 'mean' | 'share'
  value: number
  /** Of a mean Student's, null for a single answer; of a share Wilson's. */
  interval: Interval | null
}

/** What a question says for some group of families. */
export type Figure = {
  n: number
  /** Null: a choice or words, which no number stands for. */
  measure: Measure | null
}

export type QuestionResult = {
  code: string
  /** The version in which it was last changed; answers to another wording are another result. */
  since: number
  kind: QuestionKind
  words: Words
  /** Null: too few. */
  answers: {
    /** Who answered it. */
    n: number
    passedOver: number
    /** Every value that there is, in its order, also those that nobody chose; empty for words. */
    distribution: Part[]
    measure: Measure | null
    /** Of numbers. */
    median: number | null
  } | null
  /** Every month of the period, the earliest first; `figure` null: too few. */
  trend: { month: string; figure: Figure | null }[]
}

export const dimensions = ['territory', 'level', 'help-kind', 'curator'] as const
export type Dimension = (typeof dimensions)[number]

/** A group of families beside the others of its kind. */
export type Cell = {
  /** Territory, level, kind of help, or the curator's id; `none` for families without. */
  code: string
  /** How many sets were sent; null: too few. */
  sets: number | null
  /** In the order of `questions`; null: too few. */
  figures: (Figure | null)[]
}

export type Funnel = {
  invited: number
  opened: number
  started: number
  finished: number
  /** How long it took from the first answer to sending; null: nobody has sent one, or it is narrowed to one of level, kind and curator. */
  medianSeconds: number | null
  /** Of those who started and went no further, by the question that they answered last, in the order of the survey. */
  stopped: { question: string; words: Words; count: number }[]
}

/** What is asked: whole months, a territory, and one of level, kind of help and curator at most. */
export type ResultsQuery = {
  code: string
  /** Months, `YYYY-MM`, both included. */
  from: string
  until: string
  territory?: string | undefined
  level?: string | undefined
  helpKind?: string | undefined
  curatorId?: string | undefined
  /** Only the questions of this version; left out: of all versions that were answered. */
  version?: number | undefined
}

export type SurveyResults = {
  code: string
  /** The newest version, and its title. */
  version: number
  title: Words
  query: ResultsQuery
  /** What minors sent is in it. */
  minors: boolean
  /** How many sets were sent; null: too few, and nothing else is told either. */
  sets: number | null
  funnel: Funnel | null
  /** In the order of the newest version that has them, those of earlier wordings after those of later ones. */
  questions: QuestionResult[]
  /** By territory, and where nothing narrows it to one of level, kind and curator by these; never by what narrows it. */
  breakdowns: { by: Dimension; cells: Cell[] }[]
}
