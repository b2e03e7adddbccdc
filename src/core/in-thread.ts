import { Worker } from 'node:worker_threads'

type Work = { data: unknown; memoryMb: number; timeoutMs: number }

/**
 * What a worker's file makes of some data, in a thread of its own with little memory and little time: what is heavy, or
 * may be made to do harm, holds nobody else up. Throws where it fails, and where it takes too much of either.
 */
export const runInThread = async <T>(file: URL, { data, memoryMb, timeoutMs }: Work): Promise<T> => {
  const worker = new Worker(file, {
    workerData: data,
    resourceLimits: { maxOldGenerationSizeMb: memoryMb },
    // Says nothing of what it was given.
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
