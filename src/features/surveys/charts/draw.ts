import type { Chart } from './chart.ts'
import { drawBars } from './draw-bars.ts'
import { drawStack } from './draw-stack.ts'
import { drawTrend } from './draw-trend.ts'
import { type Drawn, render } from './render-echarts.ts'
import { tidySvg } from './tidy-svg.ts'

/** Draws a chart as SVG; `id` prefixes every id in it. Loads ECharts, so only the worker of charts.ts may call it. */
export const drawChart = ({ title, description, drawing }: Chart, id: string): string =>
  tidySvg(render(drawn(drawing)), { id, title, description })

const drawn = (drawing: Chart['drawing']): Drawn => {
  if (drawing.kind === 'bars') return drawBars(drawing)
  return drawing.kind === 'stack' ? drawStack(drawing) : drawTrend(drawing)
}
