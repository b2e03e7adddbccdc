import type { CustomSeriesOption } from 'echarts'
import type { Interval } from '../results/survey-result.ts'
import { colours } from './chart-theme.ts'

const cap = 6

/**
 * Confidence intervals: a line with caps over each bar or point, with a light outline for contrast. `beside`: the
 * offset from the middle of its place.
 */
export const intervalWhiskers = (
  points: readonly { interval: Interval | null }[],
  { along, beside = 0 }: { along: 'x' | 'y'; beside?: number },
): CustomSeriesOption => ({
  type: 'custom',
  z: 5,
  encode: along === 'x' ? { x: [1, 2], y: 0 } : { x: 0, y: [1, 2] },
  data: points.flatMap(({ interval }, index) => (interval ? [[index, interval.from, interval.to]] : [])),
  renderItem: (_, api) => {
    const place = Number(api.value(0))
    const [from, to] = [1, 2].map((at) =>
      api.coord(along === 'x' ? [Number(api.value(at)), place] : [place, Number(api.value(at))]),
    )
    const [x1 = 0, y1 = 0] = from ?? []
    const [x2 = 0, y2 = 0] = to ?? []
    const line = (dx: number, dy: number) => [
      `M${x1 - dx} ${y1 - dy + beside}L${x1 + dx} ${y1 + dy + beside}`,
      `M${x1} ${y1 + beside}L${x2} ${y2 + beside}`,
      `M${x2 - dx} ${y2 - dy + beside}L${x2 + dx} ${y2 + dy + beside}`,
    ]
    const pathData = (along === 'x' ? line(0, cap) : line(cap, 0)).join('')
    const drawn = (stroke: string, lineWidth: number) => ({
      type: 'path' as const,
      shape: { pathData },
      style: { stroke, lineWidth, lineCap: 'round' as const, fill: 'none' },
    })
    return { type: 'group', children: [drawn(colours.paper, 5), drawn(colours.whisker, 2)] }
  },
})
