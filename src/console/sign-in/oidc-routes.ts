import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import { consoleOf } from '#features/console/console-access.ts'
import { memberByIdentity } from '#features/console/identities.ts'
import { SealError } from '#storage/seal.ts'
import { noticePage } from '../failure-pages.ts'
import type { Console } from '../routes.ts'
import { seeOther, sendHtml } from '../send.ts'
import { type Enter, type Entrance, placeToGo } from './entrance.ts'
import { createOidc, type OidcSettings } from './oidc.ts'

const backPath = '/console/enter/oidc/back'
/** How long somebody may be at the centre's sign-in (ms). */
const attemptMs = 10 * 60_000
const purpose = 'console.oidc'

const keptAttempt = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  until: z.number(),
  to: placeToGo,
  /** Whoever is in the console already: browsers do not send the strict cookie when they come back from another site. */
  sessionId: z.uuid().nullable(),
})

/** The centre's own sign-in. What the browser must bring back lies in a sealed cookie, so a look at the way in stores nothing. */
export const registerOidc = (
  { app, deps }: Console,
  { miss, limit, sayTo, secure, originOf, open }: Entrance,
  { settings, enter }: { settings: OidcSettings; enter: Enter },
): void => {
  const { database, sealer, clock, log } = deps
  const oidc = createOidc(settings)
  const cookie = () => ({
    name: secure() ? '__Host-console-way' : 'console-way',
    // Lax: it has to come along when the other site sends the browser back.
    options: {
      path: secure() ? '/' : '/console/enter',
      httpOnly: true,
      sameSite: 'lax',
      secure: secure(),
    } as const,
  })
  const away = (reply: FastifyReply, error: unknown, page: string) => {
    log.warn('console.sign-in-failed', { error })
    return sendHtml(reply, page, 503)
  }

  app.get<{ Querystring: { to?: string } }>('/console/enter/oidc', async (request, reply) => {
    const current = await open(request)
    try {
      const { url, attempt } = await oidc.begin(`${originOf(request)}${backPath}`)
      const until = clock.now().getTime() + attemptMs
      const kept = {
        ...attempt,
        until,
        to: placeToGo.parse(request.query.to),
        sessionId: current?.session.id ?? null,
      }
      const { name, options } = cookie()
      reply.setCookie(name, sealer.sealJson(kept, purpose), { ...options, maxAge: attemptMs / 1000 })
      return seeOther(reply, url)
    } catch (error) {
      return away(reply, error, noticePage(sayTo(request), 'away'))
    }
  })

  app.get(backPath, async (request, reply) => {
    const { name, options } = cookie()
    const kept = attemptIn(request.cookies[name])
    reply.clearCookie(name, options)
    const now = clock.now()
    if (!kept || kept.until < now.getTime()) return miss(request, reply, 'unknown')
    // An answer that is not valid, or a refusal there, is a miss like any other.
    const identity = await oidc
      .finish(new URL(request.url, originOf(request)), kept)
      .catch((error: unknown) => {
        log.info('console.sign-in-refused', { error })
        return null
      })
    if (!identity) return miss(request, reply, 'unknown')
    const { sessionId } = kept
    const current = sessionId === null ? null : await limit(() => consoleOf(database, { id: sessionId, now }))
    return enter(request, reply, {
      current,
      to: kept.to,
      prove: async (tx) => memberByIdentity(tx, sealer, identity),
      failure: 'unknown',
      across: true,
    })
  })

  const attemptIn = (value: string | undefined) => {
    if (value === undefined) return null
    try {
      return keptAttempt.safeParse(sealer.openJson(value, purpose)).data ?? null
    } catch (error) {
      if (error instanceof SealError) return null
      throw error
    }
  }
}
