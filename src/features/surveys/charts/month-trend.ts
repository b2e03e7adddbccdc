import type { Say } from '#core/text.ts'
import type { Chart } from './chart.ts'
import { monthName, whole } from './number-format.ts'

/** Null: too few for whoever asks. */
export type MonthFigure = { month: string; value: number | null }

type Trend = { title: string; description: string; tooFew: string; points: readonly MonthFigure[] }

/** A count for each month. Months are ISO: `2026-11`. */
export const monthTrend = (say: Say, { title, description, tooFew, points }: Trend): Chart => {
  const most = Math.max(1, ...points.map(({ value }) => value ?? 0))
  // A year names each month once.
  const years = points.length > 12
  const drawn = points.map(({ month, value }) => ({
    label: monthName(say, month, years),
    note: value === null ? tooFew : whole(say, value),
    ...{ value, interval: null },
  }))
  return {
    ...{ title, description },
    table: {
      heads: [say.label('surveyCharts.heads.month'), title],
      rows: drawn.map(({ label, note }) => [label, note]),
    },
    drawing: {
      kind: 'trend',
      axis: { min: 0, max: most, ends: [whole(say, 0), whole(say, most)] },
      points: drawn,
      tooFew,
    },
  }
}
