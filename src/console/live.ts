import { fastifySSE as sse } from '@fastify/sse'
import { territoriesServedBy } from '#features/requests/request-queue.ts'
import { createChangeWatch } from './change-watch.ts'
import type { Console } from './routes.ts'

/** After so long the browser comes again, and who it is is asked anew (ms). */
const longestMs = 5 * 60_000
/** Open streams of one session: tabs. */
const mostTabs = 8

/**
 * Server-sent events for open pages: «something of yours has changed», and nothing else. The page then fetches itself, by the same
 * route and with the same rights as ever.
 */
export const serveLive = async ({ app, deps, within }: Console): Promise<void> => {
  const { database, region, log } = deps
  const watch = createChangeWatch(database, log)
  const tabs = new Map<string, number>()
  app.addHook('onClose', async () => watch.stop())
  await app.register(sse, { heartbeatInterval: 25_000 })

  app.get('/console/live', { sse: { kind: 'only' } }, async (request, reply) => {
    const again = request.headers['last-event-id'] !== undefined
    await within(request, reply, async ({ staff, session, now }) => {
      const open = tabs.get(session.id) ?? 0
      if (open >= mostTabs) {
        reply.code(429).send()
        return
      }
      const served = staff.role === 'curator' ? [] : await territoriesServedBy(database, region, staff)
      tabs.set(session.id, open + 1)
      const tell = (event: string) =>
        void reply.sse.send({ id: now.toISOString(), event, data: '' }).catch(stop)
      const stopWatching = watch.watch({
        staffId: staff.id,
        territories: new Set(served),
        changed: () => tell('console-changed'),
      })
      const close = () => reply.sse.close()
      const timer = setTimeout(close, longestMs)
      let watching = true
      const stop = () => {
        if (!watching) return
        watching = false
        clearTimeout(timer)
        deps.closing.removeEventListener('abort', close)
        stopWatching()
        tabs.set(session.id, Math.max(0, (tabs.get(session.id) ?? 1) - 1))
      }
      deps.closing.addEventListener('abort', close)
      reply.sse.onClose(stop)
      reply.sse.keepAlive()
      // Whoever comes back may have missed something; whoever is new has just drawn the page.
      tell(again ? 'console-changed' : 'console-here')
      // Not the reply: whoever awaits one waits for its end, and the slot would be taken for as long as the page is open.
    })
  })
}
