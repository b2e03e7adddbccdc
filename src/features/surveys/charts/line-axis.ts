import type { YAXisComponentOption } from 'echarts'
import { words } from './chart-theme.ts'

const lineHeight = 22

/** Thickness of a bar and height of the label above it. */
export type LineShape = { thick: number; head: number }

/**
 * Labels above bars, at the start or the end of a line; `head` is the height of the invisible bar before each one.
 */
export const lineAxis = (
  labels: readonly (readonly string[])[],
  side: 'left' | 'right',
  { thick, head }: LineShape,
): YAXisComponentOption => ({
  type: 'category',
  inverse: true,
  position: side,
  // Padding keeps short labels next to their bar.
  data: labels.map((label) =>
    [...Array<string>(head / lineHeight - label.length).fill(' '), ...label].join('\n'),
  ),
  axisLine: { show: false },
  axisTick: { show: false },
  splitLine: { show: false },
  axisLabel: {
    ...words,
    lineHeight,
    align: side,
    inside: true,
    margin: 0,
    interval: 0,
    verticalAlign: 'bottom',
    padding: [0, 0, (thick - head) / 2 + 3, 0],
    ...(side === 'right' && { fontWeight: 'bold' }),
  },
})

/** The height of the labels above each bar. */
export const headOf = (labels: readonly (readonly string[])[]): number =>
  lineHeight * Math.max(1, ...labels.map((label) => label.length))
