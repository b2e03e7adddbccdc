import type { FastifyReply, FastifyRequest } from 'fastify'
import { sessionMs } from '#features/surveys/results/results-access.ts'

const cookie = 'results'
const path = '/results'

/** Returns the session secret of the cookie; undefined if it is absent or malformed. */
export const readSessionCookie = ({ headers }: FastifyRequest): string | undefined =>
  /(?:^|;\s*)results=([\w-]{43})(?:;|$)/.exec(headers.cookie ?? '')?.[1]

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
  const parts = [`${cookie}=${value}`, `Path=${path}`, `Max-Age=${seconds}`, 'HttpOnly', 'SameSite=Strict']
  reply.header('set-cookie', [...parts, ...(secure ? ['Secure'] : [])].join('; '))
}

/** Whether a form comes from our own page; protects against cross-site request forgery. */
export const isSameOriginForm = ({ headers }: FastifyRequest, publicUrl: string): boolean =>
  headers.origin === new URL(publicUrl).origin &&
  ['same-origin', undefined].includes(headers['sec-fetch-site'] as string | undefined)
