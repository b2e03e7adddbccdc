import { runInThread } from '#core/in-thread.ts'
import { sha256 } from '#core/ids.ts'
import type { Chart } from './chart.ts'

/** `id`: letters, digits and hyphens; unique on its page. */
export type ToDraw = { id: string; chart: Chart }

/** The latest drawings: turning back a page or printing it asks for the same ones again. */
const cache = new Map<string, string>()
const cacheSize = 200

let lastDrawing: Promise<unknown> = Promise.resolve()

/**
 * Draws charts as SVG, in order. Loading the renderer takes about 100 ms and each chart about 10 ms, so a worker
 * thread draws all charts of a page at once, one page at a time, and conversations are not held up.
 */
export const drawCharts = async (charts: readonly ToDraw[]): Promise<string[]> => {
  const wanted = charts.map((one) => ({ ...one, key: sha256(JSON.stringify(one)) }))
  const missing = wanted.filter(({ key }) => !cache.has(key))
  const drawn = missing.length > 0 ? await drawInTurn(missing.map(({ id, chart }) => ({ id, chart }))) : []
  const found = new Map(missing.map(({ key }, index) => [key, drawn[index] ?? '']))
  return wanted.map(({ key }) => keep(key, found.get(key) ?? cache.get(key) ?? ''))
}

const drawInTurn = (charts: readonly ToDraw[]): Promise<string[]> => {
  const work = { data: charts, memoryMb: 256, timeoutMs: 30_000 }
  const drawing = lastDrawing.then(() =>
    runInThread<string[]>(new URL('./chart-worker.ts', import.meta.url), work),
  )
  lastDrawing = Promise.allSettled([drawing])
  return drawing
}

const keep = (key: string, svg: string): string => {
  cache.delete(key)
  cache.set(key, svg)
  const [oldest] = cache.keys()
  if (cache.size > cacheSize && oldest !== undefined) cache.delete(oldest)
  return svg
}
