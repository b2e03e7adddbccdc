import type { FastifyReply, FastifyRequest } from 'fastify'
import { sessionMs } from '#features/console/console-access.ts'

/**
 * Over https browsers take a name with `__Host-` only from this very host, with `Secure` and for all of its paths: no other
 * host of the domain can set it.
 */
const placeOf = (secure: boolean) =>
  secure ? { name: '__Host-console', path: '/' } : { name: 'console', path: '/console' }

/** The session secret of the cookie; undefined if it is absent or malformed. */
export const readSession = (
  { cookies }: FastifyRequest,
  { secure }: { secure: boolean },
): string | undefined => {
  const value = cookies[placeOf(secure).name]
  return value !== undefined && /^[\w-]{43}$/.test(value) ? value : undefined
}

/** Sets a cookie that scripts cannot read, other sites cannot send, and that expires with the session. */
export const keepSession = (reply: FastifyReply, secret: string, { secure }: { secure: boolean }): void => {
  const { name, path } = placeOf(secure)
  reply.setCookie(name, secret, {
    path,
    httpOnly: true,
    sameSite: 'strict',
    secure,
    maxAge: sessionMs / 1000,
  })
}

export const dropSession = (reply: FastifyReply, { secure }: { secure: boolean }): void => {
  const { name, path } = placeOf(secure)
  reply.clearCookie(name, { path, httpOnly: true, sameSite: 'strict', secure })
}
