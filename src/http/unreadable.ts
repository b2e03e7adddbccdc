import type { Socket } from 'node:net'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { problemOf } from './problems.ts'

// Fastify's default responses repeat the URL, which may hold personal data.

const problem = problemOf('unreadable')

/** Answers malformed URLs and too long parameters; the API gets a problem document. */
export const answerMalformedUrl = (_: FastifyError, request: FastifyRequest, reply: FastifyReply): void => {
  const ofApi = (request.raw.url ?? '').startsWith('/api/')
  reply.code(problem.status)
  if (ofApi) reply.header('cache-control', 'no-store').type('application/problem+json')
  reply.send(ofApi ? JSON.stringify(problem) : { status: problem.status })
}

/** Answers requests that are not valid HTTP, before any URL is known. */
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
