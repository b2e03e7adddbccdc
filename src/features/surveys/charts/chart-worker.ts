import { parentPort, workerData } from 'node:worker_threads'
import type { ToDraw } from './charts.ts'
import { drawChart } from './draw.ts'

const charts: readonly ToDraw[] = workerData
parentPort?.postMessage(charts.map(({ id, chart }) => drawChart(chart, id)))
