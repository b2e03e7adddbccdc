import type { FastifyReply, FastifyRequest } from 'fastify'
import { sessionMs } from '#features/surveys/results/results-access.ts'

/**
 * Over https browsers take a name with `__Host-` only from this very host, with `Secure` and for all of its paths: no other
 * host of the domain can set it.
 */
const cookieOf = (secure: boolean) =>
  secure ? { name: '__Host-results', path: '/' } : { name: 'results', path: '/results' }

/** Returns the session secret of the cookie; undefined if it is absent or malformed. */
export const readSessionCookie = (
  { headers }: FastifyRequest,
  { secure }: { secure: boolean },
): string | undefined => {
  const [, value] =
    (headers.cookie ?? '')
      .split(';')
      .map((part) => part.trim().split('='))
      .find(([name]) => name === cookieOf(secure).name) ?? []
  return value !== undefined && /^[\w-]{43}$/.test(value) ? value : undefined
}

/** Sets a cookie that scripts cannot read, other sites cannot send, and that expires with the session. */
export const setSessionCookie = (
  reply: FastifyReply,
  secret: string,
  { secure }: { secure: boolean },
): void => {
  write(reply, secret, { secure, seconds: sessionMs / 1000 })
}

export const clearSessionCookie = (reply: FastifyReply, { secure }: { secure: boolean }): void => {
  write(reply, '', { secure, seconds: 0 })
}

const write = (
  reply: FastifyReply,
  value: string,
  { secure, seconds }: { secure: boolean; seconds: number },
) => {
  const { name, path } = cookieOf(secure)
  const parts = [`${name}=${value}`, `Path=${path}`, `Max-Age=${seconds}`, 'HttpOnly', 'SameSite=Strict']
  reply.header('set-cookie', [...parts, ...(secure ? ['Secure'] : [])].join('; '))
}
