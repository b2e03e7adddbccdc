import { parentPort, workerData } from 'node:worker_threads'
import { writeSheet } from './register-sheet.ts'

parentPort?.postMessage(await writeSheet(workerData))
