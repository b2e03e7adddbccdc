import type { FastifyRequest } from 'fastify'

/** Whether a form comes from our own page; protects against cross-site request forgery. Over http browsers send `Origin` alone. */
export const isSameOriginForm = ({ headers }: FastifyRequest, pagesUrl: string): boolean =>
  headers.origin === new URL(pagesUrl).origin &&
  ['same-origin', undefined].includes(headers['sec-fetch-site'] as string | undefined)
