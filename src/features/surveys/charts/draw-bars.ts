import type { BarSeriesOption, EChartsOption } from 'echarts'
import type { BarsChart } from './chart.ts'
import { headOf, lineAxis } from './line-axis.ts'
import { colours, edge, itemStyleOf, small, textSize, width } from './chart-theme.ts'
import { textWidth, wrapped } from './measure-text.ts'
import type { Drawn } from './render-echarts.ts'
import { intervalWhiskers } from './whiskers.ts'

const thick = 22
const between = 18
const below = 30

/** Bars below their labels, each with its figure at the end of the line, and whiskers if it has an interval. */
export const drawBars = (chart: BarsChart): Drawn => {
  const { axis, bars, across } = chart
  const room = (note: string) => width - 2 * edge - textWidth(note, textSize, true) - 14
  const labels = bars.map(({ label, note }) => wrapped(label, { size: textSize, most: room(note), lines: 2 }))
  const head = headOf(labels)
  const top = across ? 24 : 0
  const option: EChartsOption = {
    grid: { left: edge, right: edge, top, bottom: below, outerBoundsMode: 'none' },
    xAxis: {
      type: 'value',
      min: axis.min,
      max: axis.max,
      interval: axis.max - axis.min,
      axisLine: { show: false },
      axisTick: { show: false },
      splitLine: { show: true, lineStyle: { color: colours.grid } },
      axisLabel: {
        ...small,
        alignMinLabel: 'left',
        alignMaxLabel: 'right',
        formatter: (value: number) => axis.ends[value === axis.min ? 0 : 1],
      },
    },
    yAxis: [
      lineAxis(labels, 'left', { thick, head }),
      lineAxis(
        bars.map(({ note }) => [note]),
        'right',
        { thick, head },
      ),
    ],
    // An invisible bar makes room for the label above each bar.
    series: [
      { type: 'bar', barWidth: head, barGap: '0%', data: bars.map(() => null) },
      { ...barsOf(chart), ...(across && { markLine: lineAcross(across, axis) }) },
      intervalWhiskers(bars, { along: 'x', beside: head / 2 }),
    ],
  }
  return { option, height: top + (head + thick + between) * bars.length + below }
}

const barsOf = ({ bars, axis }: BarsChart): BarSeriesOption => ({
  type: 'bar',
  barWidth: thick,
  showBackground: true,
  backgroundStyle: { color: colours.track, borderRadius: 4 },
  data: bars.map(({ value, style }) => ({
    value: value ?? axis.min,
    itemStyle: { borderRadius: 4, ...itemStyleOf(style) },
  })),
})

/** Keeps the label inside the picture at any position. */
const lineAcross = (
  { value, label }: { value: number; label: string },
  { min, max }: BarsChart['axis'],
): NonNullable<BarSeriesOption['markLine']> => {
  const place = (value - min) / (max - min)
  const align = place < 0.2 ? 'left' : place > 0.8 ? 'right' : 'center'
  return {
    symbol: 'none',
    lineStyle: { color: colours.across, width: 2, type: 'dashed' },
    label: {
      ...small,
      position: 'start',
      formatter: label,
      align,
      color: colours.across,
      fontWeight: 'bold',
    },
    data: [{ xAxis: value }],
  }
}
