import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Say } from '#core/text.ts'
import type { OpenConsole } from '#features/console/console-access.ts'
import type { Tx } from '#storage/database.ts'
import type { Failure } from '../failure-pages.ts'

export type Entrance = {
  /** Counts a failed try; answers that there were too many, or that this is no way in. */
  miss(request: FastifyRequest, reply: FastifyReply, failure: Failure, status?: number): Promise<FastifyReply>
  limit: <T>(work: () => Promise<T>) => Promise<T>
  sayTo(request: FastifyRequest): Say
  secure(): boolean
  originOf(request: FastifyRequest): string
  /** Whoever is in the console in this browser. */
  open(request: FastifyRequest): Promise<OpenConsole | null>
}

/** Lets in whom `prove` names, and leads them on; everybody else has missed. */
export type Enter = (
  request: FastifyRequest,
  reply: FastifyReply,
  way: {
    current: OpenConsole | null
    to?: string | undefined
    prove: (tx: Tx) => Promise<string | null>
    failure: Failure
    /** The browser comes from another site. */
    across: boolean
  },
) => Promise<FastifyReply>

/** A page of the console to go on with; anything else is «Мой день». */
export const placeToGo = z
  .string()
  .max(2000)
  .refine((to) => {
    const url = URL.canParse(to, 'http://console') ? new URL(to, 'http://console') : null
    return url?.origin === 'http://console' && /^\/console(\/|$)/.test(url.pathname) && to.startsWith('/')
  })
  .optional()
  .catch(undefined)
