import type { z } from 'zod'
import { type ClockView, clockSchema, type MoveClock } from '../clock-protocol.ts'
import { isLoopback } from '../guard.ts'
import {
  type AddPerson,
  type Person,
  personSchema,
  refusalSchema,
  type State,
  stateSchema,
  type TapAnswer,
  tapAnswerSchema,
} from '../protocol.ts'

/** The sandbox refused what was asked, and said why. */
export class Refused extends Error {
  override name = 'Refused'
}

const retryMs = 1_000

export type Client = ReturnType<typeof createClient>

/** The sandbox's own protocol over HTTP, see protocol.ts. @throws Refused for an address beyond this machine */
export const createClient = (address: string) => {
  const url = URL.canParse(address) ? new URL(address) : null
  if (url?.protocol !== 'http:' || !isLoopback(url.hostname.replace(/^\[|\]$/g, '')))
    throw new Refused(`the sandbox runs on this machine only, and ${address} does not name it`)

  const call = async (path: string, init?: RequestInit): Promise<unknown> => {
    const response = await fetch(new URL(path, url), init)
    const body: unknown = await response.json()
    if (!response.ok) throw new Refused(refusalSchema.safeParse(body).data?.error ?? response.statusText)
    return body
  }
  const read = async <Schema extends z.ZodType>(
    schema: Schema,
    path: string,
    init?: RequestInit,
  ): Promise<z.infer<Schema>> => schema.parse(await call(path, init))
  const json = (body: object): RequestInit => ({
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

  return {
    state: (): Promise<State> => read(stateSchema, '/sandbox/state'),
    /** Resolves once the bot has handled everything that it was sent. */
    idle: () => call('/sandbox/idle'),
    addPerson: (person: AddPerson): Promise<Person> => read(personSchema, '/sandbox/people', json(person)),
    moveClock: (move: MoveClock): Promise<ClockView> => read(clockSchema, '/sandbox/clock', json(move)),
    does: (personId: number, deed: string, body: object = {}) =>
      call(`/sandbox/people/${personId}/${deed}`, json(body)),
    tap: (personId: number, messageId: number, data: string): Promise<TapAnswer> =>
      read(tapAnswerSchema, `/sandbox/people/${personId}/tap`, json({ messageId, data })),
    upload: (personId: number, deed: 'document' | 'picture', file: File, caption: string) => {
      const form = new FormData()
      if (caption) form.set('caption', caption)
      form.set('file', file)
      return call(`/sandbox/people/${personId}/${deed}`, { method: 'POST', body: form })
    },
    /** Calls `changed` after every change until the signal ends it; reconnects when the sandbox was away. */
    follow: async (changed: () => void, signal: AbortSignal): Promise<void> => {
      while (!signal.aborted) {
        try {
          const response = await fetch(new URL('/sandbox/events', url), { signal })
          changed()
          const chunks = response.body?.pipeThrough(new TextDecoderStream()) ?? []
          for await (const chunk of chunks) if (chunk.includes('data: ')) changed()
        } catch (error) {
          if (signal.aborted) return
          if (!(error instanceof TypeError)) throw error
        }
        await new Promise((resolve) => setTimeout(resolve, retryMs).unref())
      }
    },
  }
}
