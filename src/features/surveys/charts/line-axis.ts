import type { YAXisComponentOption } from 'echarts'
import { words } from './chart-theme.ts'

const lineHeight = 22

/** How thick a bar is, how much room is for the words above it, and what is between two. */
export type LineShape = { thick: number; head: number }

/** Words above bars, at the start or at the end of their line; `head` is the room that a bar before each one makes. */
export const lineAxis = (
  labels: readonly (readonly string[])[],
  side: 'left' | 'right',
  { thick, head }: LineShape,
): YAXisComponentOption => ({
  type: 'category',
  inverse: true,
  position: side,
  // Shorter words stand as near to their bar as longer ones.
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

/** How many rows of words there are above each bar. */
export const headOf = (labels: readonly (readonly string[])[]): number =>
  lineHeight * Math.max(1, ...labels.map((label) => label.length))
