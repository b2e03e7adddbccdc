import { parentPort, workerData } from 'node:worker_threads'
import { drawPaper } from './draw-pages.ts'

parentPort?.postMessage(await drawPaper(workerData))
