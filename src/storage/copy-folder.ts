// Thread of cluster.ts: copies a folder with all that is in it.
import { cpSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'

const { from, to } = workerData as { from: string; to: string }
cpSync(from, to, { recursive: true })
parentPort?.postMessage(undefined)
