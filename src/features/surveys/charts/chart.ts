import type { Interval } from '../results/survey-result.ts'

// What a chart shows, in the reader's words: everything that is drawn, and everything that its table says, is in it.

/** How a bar looks beside others: by its pattern, and not by its colour alone. `step-1` … `step-5`: the steps of a scale. */
export type BarStyle = 'plain' | 'few' | 'step-1' | 'step-2' | 'step-3' | 'step-4' | 'step-5'

/** A bar under its words; `value` null: too few answers, which `note` says. */
export type Bar = {
  label: string
  /** At the end of the line, such as «42 % · 21». */
  note: string
  value: number | null
  interval: Interval | null
  style: BarStyle
}

export type Axis = { min: number; max: number /** Said at the ends. */; ends: [string, string] }

/** One bar for each line, from the start of the axis. */
export type BarsChart = {
  kind: 'bars'
  axis: Axis
  bars: Bar[]
  /** What all have in common, drawn across: the mean of everybody, say. */
  across: { value: number; label: string } | null
}

/** Lines that are divided into parts; each part is 0–1 of its line. */
export type StackChart = {
  kind: 'stack'
  lines: { label: string; note: string; parts: { share: number; note: string }[] | null }[]
  /** Whether a line says nothing because too few answered. */
  tooFew: string
  /** The looks of the parts in their order, with their words. */
  legend: { style: BarStyle; label: string }[]
}

/** One point a month; null: too few answers. */
export type TrendChart = {
  kind: 'trend'
  axis: Axis
  points: { label: string; note: string; value: number | null; interval: Interval | null }[]
  tooFew: string
}

/** The same as a table, for whoever does not see pictures. */
export type ChartTable = { heads: string[]; rows: string[][] }

export type Chart = {
  title: string
  /** What it is drawn from, and how to read it: one or two sentences. */
  description: string
  table: ChartTable
  drawing: BarsChart | StackChart | TrendChart
}
