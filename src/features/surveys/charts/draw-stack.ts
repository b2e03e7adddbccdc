import type { BarSeriesOption, CustomSeriesOption, EChartsOption } from 'echarts'
import type { StackChart } from './chart.ts'
import { headOf, lineAxis } from './line-axis.ts'
import { colours, edge, itemStyleOf, needsLightText, small, textSize, width, words } from './chart-theme.ts'
import { textWidth, wrapped } from './measure-text.ts'
import type { Drawn } from './render-echarts.ts'

const thick = 30
const between = 18
const key = { width: 26, height: 18, gap: 20 }
const inner = width - 2 * edge
/** The smallest part that its figure fits into. */
const roomForFigure = 0.1

/** Stacked lines of 100 %, parts told apart by pattern, with figures inside and a legend below. */
export const drawStack = (chart: StackChart): Drawn => {
  const { lines, legend } = chart
  const labels = lines.map(({ label, note }) =>
    wrapped(label, { size: textSize, most: inner - textWidth(note, textSize, true) - 14, lines: 2 }),
  )
  const head = headOf(labels)
  const below = 12 + rowsOf(legend) * (key.height + key.gap) - key.gap
  const height = (head + thick + between) * lines.length + below
  const option: EChartsOption = {
    grid: { left: edge, right: edge, top: 0, bottom: below, outerBoundsMode: 'none' },
    xAxis: { type: 'value', min: 0, max: 1, show: false },
    yAxis: [
      lineAxis(labels, 'left', { thick, head }),
      lineAxis(
        lines.map(({ note }) => [note]),
        'right',
        { thick, head },
      ),
    ],
    series: [
      { type: 'bar', barWidth: head, barGap: '0%', data: lines.map(() => null) },
      ...legend.map((_, index) => partsOf(chart, index)),
      silences(chart, head / 2),
    ],
    legend: {
      left: edge,
      top: height - below + 8,
      width: inner,
      padding: 0,
      icon: 'roundRect',
      itemWidth: key.width,
      itemHeight: key.height,
      itemGap: key.gap,
      selectedMode: false,
      textStyle: { ...small, color: colours.ink },
      data: legend.map(({ label }) => label),
    },
  }
  return { option, height }
}

/** The parts of all lines with one meaning. */
const partsOf = ({ lines, legend }: StackChart, index: number): BarSeriesOption => {
  const { style = 'plain', label = '' } = legend[index] ?? {}
  const itemStyle = itemStyleOf(style)
  return {
    type: 'bar',
    name: label,
    stack: 'parts',
    barWidth: thick,
    ...(index === 0 && { showBackground: true, backgroundStyle: { color: colours.track } }),
    data: lines.map(({ parts }) => parts?.[index]?.share || null),
    itemStyle,
    label: {
      ...small,
      show: true,
      color: needsLightText(style) ? colours.paper : colours.onLight,
      fontWeight: 'bold',
      // A pattern would make the text illegible.
      ...(itemStyle.decal && { backgroundColor: itemStyle.color, padding: [2, 3] }),
      formatter: ({ dataIndex }) => {
        const part = lines[dataIndex]?.parts?.[index]
        return part && part.share >= roomForFigure ? part.note : ''
      },
    },
  }
}

/** The text in the line of a question that too few answered. */
const silences = ({ lines, tooFew }: StackChart, beside: number): CustomSeriesOption => ({
  type: 'custom',
  data: lines.flatMap(({ parts }, index) => (parts ? [] : [[0, index]])),
  renderItem: (_, api) => {
    const [x = 0, y = 0] = api.coord([0, api.value(1)])
    const style = { ...words, text: tooFew, fill: colours.quiet, verticalAlign: 'middle' as const }
    return { type: 'text', x: x + 10, y: y + beside, style }
  },
})

/** The number of legend rows, overestimated rather than underestimated. */
const rowsOf = (legend: StackChart['legend']): number => {
  let [x, rows] = [0, 1]
  for (const { label } of legend) {
    const long = key.width + key.gap + 6 + textWidth(label, small.fontSize)
    if (x > 0 && x + long > inner) [x, rows] = [0, rows + 1]
    x += long
  }
  return rows
}
