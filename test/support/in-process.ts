import type { Transport } from '#channels/telegram/transport.ts'
import { fetchFrom } from '#sandbox/telegram/in-process.ts'
import type { Telegram } from '#sandbox/telegram/telegram.ts'

/**
 * The app's way to an emulated Telegram in the same process. Over HTTP, as `test/faults` and `test/browser` go it,
 * each call costs a tenth of the whole test more.
 */
export const inProcess = (telegram: Telegram): Transport => {
  const ask = fetchFrom(telegram)
  const underWay = new Set<Promise<unknown>>()
  const call = (path: string, init?: RequestInit): Promise<Response> => {
    const asked = ask(`http://telegram${path}`, init)
    underWay.add(asked)
    const over = () => void underWay.delete(asked)
    asked.then(over, over)
    return asked
  }
  return {
    send: (path, { method, headers, body, signal }) =>
      call(path, { method, headers, body: body as NonNullable<RequestInit['body']>, signal }),
    post: async (path, body) => (await call(path, { method: 'POST', body })).text(),
    get: async (path) => {
      const answer = await call(path).catch(() => null)
      return answer && { status: answer.status, body: answer.body ?? new Blob([]).stream() }
    },
    close: async () => {
      await Promise.allSettled(underWay)
    },
  }
}
