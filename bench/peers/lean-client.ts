import { Agent, request } from 'node:http'
import type { ApiClientOptions } from 'grammy'

/** What grammY passes to `client.fetch` for a call without files. */
type Call = { headers: Record<string, string>; body: string; signal: AbortSignal }

/**
 * The cheapest client for grammY without another package: node:http with keep-alive connections instead of the
 * bundled node-fetch. README.md has the figures of each client.
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
