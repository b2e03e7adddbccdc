import { request } from 'node:http'
import { z } from 'zod'
import type { Command } from './command.ts'
import { socketPath } from './socket.ts'

/** The response to a command: lines to print, or a problem. */
export type Answer = { ok: true; lines: string[] } | { ok: false; problem: string }

const answerSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), lines: z.array(z.string()) }),
  z.object({ ok: z.literal(false), problem: z.string() }),
])
const ownerSchema = z.object({ owner: z.string() })

const timeoutMs = 15_000

/** Commands that carry a file have a route with a higher body limit. */
const commandPath = (name: Command['name']): '/commands' | '/commands/large' =>
  name === 'plan-import' || name === 'staff-photo' ? '/commands/large' : '/commands'

/** Sends a command to the app that uses this data folder. */
export const askRunningApp = async (dir: string, command: Command): Promise<Answer | 'not-running'> => {
  const answer = await call(socketPath(dir), 'POST', commandPath(command.name), command)
  return answer === undefined ? 'not-running' : answerSchema.parse(answer)
}

/** Returns the id of the process that listens on the socket; undefined if none does. */
export const fetchOwner = async (path: string): Promise<string | undefined> => {
  const answer = await call(path, 'GET', '/owner')
  return answer === undefined ? undefined : ownerSchema.parse(answer).owner
}

/** Returns undefined if there is no socket, or only that of a dead process. */
const call = (socket: string, method: 'GET' | 'POST', path: string, body?: unknown): Promise<unknown> => {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>()
  const headers = { 'content-type': 'application/json' }
  const out = request({ socketPath: socket, method, path, headers, timeout: timeoutMs, agent: false })
  out.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED') resolve(undefined)
    else reject(error)
  })
  out.on('timeout', () => out.destroy(new Error('the running app does not respond')))
  out.on('response', async (answer) => {
    try {
      const chunks: Buffer[] = []
      for await (const chunk of answer) chunks.push(chunk)
      resolve(JSON.parse(Buffer.concat(chunks).toString('utf8')))
    } catch (error) {
      reject(error)
    }
  })
  out.end(body === undefined ? undefined : JSON.stringify(body))
  return promise
}
