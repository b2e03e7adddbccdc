import type { Interval } from '../results/survey-result.ts'

// The content of a chart in the reader's language: everything that is drawn and everything in its table.

/** How bars are told apart: by pattern, not by colour alone. `step-1` … `step-5`: the steps of a scale. */
export type BarStyle = 'plain' | 'few' | 'step-1' | 'step-2' | 'step-3' | 'step-4' | 'step-5'

/** A bar below its label. `value` null: too few answers, which `note` says. */
export type Bar = {
  label: string
  /** Shown at the end of the line, such as «42 % · 21». */
  note: string
  value: number | null
  interval: Interval | null
  style: BarStyle
}

export type Axis = { min: number; max: number /** Labels of the ends. */; ends: [string, string] }

/** One bar per line, from the start of the axis. */
export type BarsChart = {
  kind: 'bars'
  axis: Axis
  bars: Bar[]
  /** A reference value drawn across all bars, such as the overall mean. */
  across: { value: number; label: string } | null
}

/** Lines divided into parts; each part is a share (0–1) of its line. */
export type StackChart = {
  kind: 'stack'
  lines: { label: string; note: string; parts: { share: number; note: string }[] | null }[]
  /** The text of a line that too few answered. */
  tooFew: string
  /** The styles of the parts in order, with their labels. */
  legend: { style: BarStyle; label: string }[]
}

/** One point per month; null: too few answers. */
export type TrendChart = {
  kind: 'trend'
  axis: Axis
  points: { label: string; note: string; value: number | null; interval: Interval | null }[]
  tooFew: string
}

/** The same data as a table, for readers who do not see pictures. */
export type ChartTable = { heads: string[]; rows: string[][] }

export type Chart = {
  title: string
  /** What the chart is based on and how to read it: one or two sentences. */
  description: string
  table: ChartTable
  drawing: BarsChart | StackChart | TrendChart
}
