import type { FastifyRequest } from 'fastify'

/**
 * Whether a form comes from our own page; protects against cross-site request forgery. Over http browsers send `Origin` alone; every
 * browser sends it with a form, so a form without it is refused, whatever `Referer` or `Sec-Fetch-Site` say (ADR 121).
 */
export const isSameOriginForm = ({ headers }: FastifyRequest, pagesUrl: string): boolean =>
  headers.origin === new URL(pagesUrl).origin &&
  ['same-origin', undefined].includes(headers['sec-fetch-site'] as string | undefined)
