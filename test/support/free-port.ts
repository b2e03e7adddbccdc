import { once } from 'node:events'
import { createServer } from 'node:net'

/**
 * The kernel gives ports from 32768 on to whoever asks for any, among them every connection that goes out: one that was
 * free a moment ago may be taken by then. Below, each worker of a run has a range to itself.
 */
const first = 20_000
const perWorker = 1_000
const workers = 12

const start = first + (Number(process.env.VITEST_POOL_ID ?? 0) % workers) * perWorker
/** Another run on this machine would go through the same range: it begins elsewhere. */
let next = process.pid % perWorker

/** A port of this machine at which nothing listens, and which nobody else of this run is given. */
export const freePort = async (): Promise<number> => {
  for (let tried = 0; tried < perWorker; tried += 1) {
    const port = start + next
    next = (next + 1) % perWorker
    if (await isFree(port)) return port
  }
  throw new Error(`every port from ${start} on is taken`)
}

const isFree = async (port: number): Promise<boolean> => {
  const server = createServer().listen(port, '127.0.0.1')
  try {
    await once(server, 'listening')
  } catch {
    return false
  }
  server.close()
  await once(server, 'close')
  return true
}
