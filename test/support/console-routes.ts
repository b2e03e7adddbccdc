import { fastify } from 'fastify'
import { z } from 'zod'
import { serveConsole } from '#console/serve-console.ts'
import { loadTexts } from '#core/text.ts'
import { createLog } from '#core/log.ts'
import { region } from '#regions/index.ts'
import { createSealer } from '#storage/seal.ts'
import type { StaffRole } from '#storage/staff/staff.ts'
import type { Schema } from './openapi.ts'
import { testKeys, type World } from './world.ts'

export type ConsoleRoute = {
  method: 'GET' | 'POST'
  path: string
  /** Null: the route asks for no session, or for a session only. */
  roles: readonly StaffRole[] | null
  /** What a form has in it. */
  fields: Schema
}

/** Every route of the console, as the product itself registers them. */
export const consoleRoutesOf = async (world: World): Promise<ConsoleRoute[]> => {
  const found: ConsoleRoute[] = []
  const app = fastify()
  app.addHook('onRoute', ({ method, url, config }) => {
    for (const one of [method].flat())
      if (isAsked(one))
        found.push({
          method: one,
          path: url,
          roles: config?.roles ?? null,
          fields: schemaOf(config?.fields ?? z.object({})),
        })
  })
  const missing = async () => {
    throw new Error('no route is called here')
  }
  serveConsole(
    app,
    {
      database: world.database,
      sealer: createSealer(testKeys),
      region: region('stavropol'),
      texts: await loadTexts(new URL('../../locales', import.meta.url).pathname),
      enqueue: missing,
      clock: world.clock,
      log: createLog('silent'),
      botUsername: () => '',
      fetchFile: missing,
      organisation: () => ({ name: '', address: '', contact: '' }),
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
