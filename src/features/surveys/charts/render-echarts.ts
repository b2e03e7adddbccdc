import { createRequire } from 'node:module'
import type { EChartsOption } from 'echarts'
import { width } from './chart-theme.ts'
import { textWidth } from './measure-text.ts'

// The single-file build loads in a tenth of the time of hundreds of modules. Only the worker thread loads it.
const { init, setPlatformAPI }: typeof import('echarts') = createRequire(import.meta.url)(
  'echarts/dist/echarts.min',
)

/** The ECharts options and the height of the picture. */
export type Drawn = { option: EChartsOption; height: number }

setPlatformAPI({
  measureText: (text: string, style = '') => ({
    width: textWidth(text, Number(/(\d+)px/.exec(style)?.[1] ?? 12), style.includes('bold')),
  }),
})

/** Renders the raw SVG of ECharts: no animation, no interaction. */
export const render = ({ option, height }: Drawn): string => {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height })
  try {
    chart.setOption({ animation: false, backgroundColor: 'transparent', ...option })
    return chart.renderToSVGString()
  } finally {
    chart.dispose()
  }
}
