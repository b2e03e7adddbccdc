import { fastify } from 'fastify'
import { z } from 'zod'
import { serveConsole } from '#console/serve-console.ts'
import { systemClock } from '#core/clock.ts'
import { loadTexts } from '#core/text.ts'
import { createLog } from '#core/log.ts'
import { region } from '#regions/index.ts'
import type { Database } from '#storage/database.ts'
import { createSealer } from '#storage/seal.ts'
import type { StaffRole } from '#storage/staff/staff.ts'
import type { Schema } from './openapi.ts'
import { testKeys } from './accounts.ts'

export type ConsoleRoute = {
  method: 'GET' | 'POST'
  path: string
  /** Null: the route asks for no session, or for a session only. */
  roles: readonly StaffRole[] | null
  /** It is no page, but something to keep. */
  file: boolean
  /** What a form has in it. */
  fields: Schema
  /** What the address of a page may have in it. */
  query: Schema
  /** Whether a form with these fields is understood: no feature has been asked yet. */
  takes(typed: Record<string, string>): boolean
}

/** Nothing is asked of it: routes are registered, and none is called. */
const untouched = {} as Database

/** Every route of the console, as the product itself registers them. */
export const consoleRoutes = async (): Promise<ConsoleRoute[]> => {
  const found: ConsoleRoute[] = []
  const app = fastify()
  app.addHook('onRoute', ({ method, url, config }) => {
    for (const one of [method].flat())
      if (isAsked(one))
        found.push({
          method: one,
          path: url,
          roles: config?.roles ?? null,
          file: config?.file === true,
          fields: schemaOf(config?.fields ?? z.object({})),
          query: schemaOf(config?.query ?? z.object({})),
          takes: (typed) => (config?.fields ?? z.object({})).safeParse(typed).success,
        })
  })
  const missing = async () => {
    throw new Error('no route is called here')
  }
  serveConsole(
    app,
    {
      database: untouched,
      sealer: createSealer(testKeys),
      region: region('stavropol'),
      texts: await loadTexts(new URL('../../locales', import.meta.url).pathname),
      enqueue: missing,
      clock: systemClock,
      log: createLog('silent'),
      botUsername: () => '',
      fetchFile: missing,
      organisation: () => ({ name: '', address: '', contact: '' }),
      consents: () => {
        throw new Error('no route is called here')
      },
      guard: { allowLoopback: false },
      territories: { all: () => [], refresh: missing },
      pagesUrl: () => undefined,
      closing: new AbortController().signal,
    },
    { botId: 'routes', conceal: (key) => key },
  )
  await app.ready()
  await app.close()
  return found
}

const isAsked = (method: string): method is ConsoleRoute['method'] => method === 'GET' || method === 'POST'

const schemaOf = (fields: z.ZodObject): Schema =>
  z.toJSONSchema(fields, { io: 'input', unrepresentable: 'any' }) as Schema
