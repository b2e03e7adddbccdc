import type { Socket } from 'node:net'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { problemOf } from './problems.ts'

// What no route is asked about: Fastify's own answers would repeat the address, which may hold somebody's words.

const problem = problemOf('unreadable')

/** For addresses that are malformed, or have too long a part; the API's answer differs from that to Telegram. */
export const answerMalformedUrl = (_: FastifyError, request: FastifyRequest, reply: FastifyReply): void => {
  const ofApi = (request.raw.url ?? '').startsWith('/api/')
  reply.code(problem.status)
  if (ofApi) reply.header('cache-control', 'no-store').type('application/problem+json')
  reply.send(ofApi ? JSON.stringify(problem) : { status: problem.status })
}

/** For what is no HTTP at all: whose it is nobody knows. */
export const answerMalformedRequest = (error: Error & { code?: string }, socket: Socket): void => {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) {
    socket.destroy()
    return
  }
  const body = JSON.stringify(problem)
  socket.end(
    [
      'HTTP/1.1 400 Bad Request',
      'Connection: close',
      'Content-Type: application/problem+json',
      `Content-Length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n'),
  )
}
