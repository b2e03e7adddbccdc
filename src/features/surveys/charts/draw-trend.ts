import type { EChartsOption } from 'echarts'
import type { TrendChart } from './chart.ts'
import { colours, edge, font, small, smallSize, textSize, width } from './chart-theme.ts'
import { textWidth } from './measure-text.ts'
import type { Drawn } from './render-echarts.ts'
import { intervalWhiskers } from './whiskers.ts'

const height = 280
const [top, below] = [34, 38]

/** One point per month with its whiskers, joined between adjacent months; a month with too few answers is a gap. */
export const drawTrend = ({ axis, points, tooFew }: TrendChart): Drawn => {
  const side = Math.ceil(Math.max(...axis.ends.map((end) => textWidth(end, smallSize)))) + 10
  const room = (width - side - edge) / points.length
  const step = Math.ceil((Math.max(...points.map(({ label }) => textWidth(label, smallSize))) + 12) / room)
  const figures = points.some(({ note }) => textWidth(note, textSize, true) > room) ? smallSize : textSize
  const option: EChartsOption = {
    grid: { left: edge + side, right: edge, top, bottom: below, outerBoundsMode: 'none' },
    xAxis: {
      type: 'category',
      data: points.map(({ label }) => label),
      axisLine: { lineStyle: { color: colours.grid } },
      axisTick: { show: false },
      // Counted from the newest month, the one readers look for.
      axisLabel: {
        ...small,
        margin: 12,
        interval: (index: number) => (points.length - 1 - index) % step === 0,
      },
    },
    yAxis: {
      type: 'value',
      min: axis.min,
      max: axis.max,
      splitNumber: 4,
      splitLine: { lineStyle: { color: colours.grid } },
      axisLabel: {
        ...small,
        formatter: (value: number) =>
          value === axis.min ? axis.ends[0] : value === axis.max ? axis.ends[1] : '',
      },
    },
    series: [
      {
        type: 'line',
        data: points.map(({ value }) => value),
        connectNulls: false,
        symbol: 'circle',
        symbolSize: 10,
        showAllSymbol: true,
        lineStyle: { color: colours.bar, width: 3 },
        itemStyle: { color: colours.bar, borderColor: colours.paper, borderWidth: 2 },
        z: 6,
      },
      intervalWhiskers(points, { along: 'y' }),
      {
        type: 'custom',
        silent: true,
        z: 8,
        encode: { x: 0, y: 1 },
        data: points.map(({ value, interval }, index) => [index, interval?.to ?? value ?? axis.min]),
        renderItem: (_, api) => {
          const index = Number(api.value(0))
          const point = points[index]
          const [x = 0, y = 0] = api.coord([index, api.value(1)])
          const few = point?.value === null
          if (!point || (few && points.length > 12)) return null
          const style = few
            ? { text: tooFew, fill: colours.quiet, fontSize: smallSize, fontFamily: font }
            : {
                text: point.note,
                fill: colours.ink,
                fontSize: figures,
                fontWeight: 'bold' as const,
                fontFamily: font,
              }
          // Rotated: the text is wider than a month if a year is shown.
          return few && textWidth(tooFew, smallSize) > room
            ? {
                type: 'text',
                x,
                y: y - 10,
                rotation: Math.PI / 2,
                style: { ...style, align: 'left', verticalAlign: 'middle' },
              }
            : { type: 'text', x, y: y - 12, style: { ...style, align: 'center', verticalAlign: 'bottom' } }
        },
      },
    ],
  }
  return { option, height }
}
