import { Worker } from 'node:worker_threads'

type Work = { data: unknown; memoryMb: number; timeoutMs: number }

/**
 * Runs a worker file on some data in its own thread, with limits on memory (MiB) and time (ms), so that heavy or hostile
 * input cannot block the process. Throws if the worker fails or exceeds a limit.
 */
export const runInThread = async <T>(file: URL, { data, memoryMb, timeoutMs }: Work): Promise<T> => {
  const worker = new Worker(file, {
    workerData: data,
    resourceLimits: { maxOldGenerationSizeMb: memoryMb },
    // Captured and dropped: the worker's output could quote its input.
    stderr: true,
  })
  const { promise, resolve, reject } = Promise.withResolvers<T>()
  const timer = setTimeout(() => reject(new Error('The thread took too long')), timeoutMs)
  worker.once('message', resolve)
  worker.once('error', reject)
  try {
    return await promise
  } finally {
    clearTimeout(timer)
    await worker.terminate()
  }
}
