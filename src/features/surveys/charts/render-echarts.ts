import { createRequire } from 'node:module'
import type { EChartsOption } from 'echarts'
import { width } from './chart-theme.ts'
import { textWidth } from './measure-text.ts'

// One file in a tenth of the time that its hundreds of modules take. Only the thread that draws loads it.
const { init, setPlatformAPI }: typeof import('echarts') = createRequire(import.meta.url)(
  'echarts/dist/echarts.min',
)

/** What ECharts is told, and how high it becomes. */
export type Drawn = { option: EChartsOption; height: number }

setPlatformAPI({
  measureText: (text: string, style = '') => ({
    width: textWidth(text, Number(/(\d+)px/.exec(style)?.[1] ?? 12), style.includes('bold')),
  }),
})

/** The SVG of ECharts, as it is: nothing moves, and nothing may be tapped. */
export const render = ({ option, height }: Drawn): string => {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height })
  try {
    chart.setOption({ animation: false, backgroundColor: 'transparent', ...option })
    return chart.renderToSVGString()
  } finally {
    chart.dispose()
  }
}
