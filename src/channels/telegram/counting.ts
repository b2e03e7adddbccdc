import type { Transformer } from 'grammy'
import type { Metrics } from '#core/metrics.ts'

/** Counts calls of the Bot API by method and result. Polling is no call of ours: it waits for others. */
export const counting =
  (metrics: Metrics): Transformer =>
  async (prev, method, payload, signal) => {
    if (method === 'getUpdates') return prev(method, payload, signal)
    try {
      const answer = await prev(method, payload, signal)
      metrics.call(method, answer.ok ? 'ok' : resultOf(answer.error_code))
      return answer
    } catch (error) {
      metrics.call(method, 'broken')
      throw error
    }
  }

const resultOf = (code: number): string => (code === 429 ? 'later' : code >= 500 ? 'broken' : `${code}`)
