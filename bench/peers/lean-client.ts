import { Agent, request } from 'node:http'
import type { ApiClientOptions } from 'grammy'

/** What grammY hands to `client.fetch` for a call without files. */
type Call = { headers: Record<string, string>; body: string; signal: AbortSignal }

/**
 * The cheapest way to call Telegram under grammY without another package: node:http with kept-alive
 * connections, instead of the node-fetch that grammY brings. README.md has the figures of each client.
 */
export const leanClient = (): Pick<ApiClientOptions, 'fetch'> => {
  const agent = new Agent({ keepAlive: true })
  const send = (url: string, { headers, body, signal }: Call) =>
    new Promise<{ json: () => unknown }>((resolve, reject) => {
      const outgoing = request(url, { method: 'POST', agent, headers }, (answer) => {
        const parts: Buffer[] = []
        answer.on('data', (part: Buffer) => parts.push(part))
        answer.on('end', () => resolve({ json: () => JSON.parse(Buffer.concat(parts).toString('utf8')) }))
        answer.on('error', reject)
      })
      outgoing.on('error', reject)
      signal.addEventListener('abort', () => outgoing.destroy())
      outgoing.end(body)
    })
  return { fetch: send as unknown as NonNullable<ApiClientOptions['fetch']> }
}
