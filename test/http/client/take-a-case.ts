import createClient from 'openapi-fetch'
import type { components, paths } from './schema.ts'

// How a system of the centre handles a case with a client generated from the served document. The test generates
// `schema.ts`, the types of that client, and checks this file against them.

type Problem = components['schemas']['Problem']
type Answer<T> = { data?: T; error?: Problem; response: Response }

/** Returns the response; throws an error that names the problem. */
const bodyOf = <T>({ data, error, response }: Answer<T>): T => {
  if (data === undefined) throw new Error(`${response.status} ${error?.type}`)
  return data
}

/** Handles a new request until it is closed; returns what was seen on the way. */
export const takeACase = async (baseUrl: string, key: string, words: string) => {
  const { GET, POST } = createClient<paths>({ baseUrl, headers: { authorization: `Bearer ${key}` } })

  const { items } = bodyOf(
    await GET('/api/v1/requests', { params: { query: { status: ['submitted'], limit: 10 } } }),
  )
  const [waiting] = items
  if (!waiting) throw new Error('nobody waits')
  const path = { id: waiting.id }

  const answer = await GET('/api/v1/requests/{id}', { params: { path } })
  const shown = bodyOf(answer)
  const etag = answer.response.headers.get('etag') ?? ''

  const { territory, urgent, applicant } = shown
  const verdict = bodyOf(
    await POST('/api/v1/routing/dry-run', {
      body: { territory, urgent, minor: applicant === 'minor', language: 'ru' },
    }),
  )
  if (!verdict.choice) throw new Error(`nobody: ${verdict.reason.words.join('; ')}`)

  const claimed = bodyOf(
    await POST('/api/v1/requests/{id}/claim', {
      params: { path, header: { 'if-match': etag, 'idempotency-key': `claim ${waiting.id}` } },
      body: { staffId: verdict.choice.id },
    }),
  )
  const stale = await POST('/api/v1/requests/{id}/claim', {
    params: { path, header: { 'if-match': etag } },
    body: { staffId: verdict.choice.id },
  })

  const details = bodyOf(await GET('/api/v1/requests/{id}/details', { params: { path } }))
  const sent = bodyOf(
    await POST('/api/v1/requests/{id}/messages', {
      params: { path, header: { 'idempotency-key': `hello ${waiting.id}` } },
      body: { text: words },
    }),
  )

  const move = async (body: { to: string; outcome?: 'support-agreed' }) =>
    bodyOf(await POST('/api/v1/requests/{id}/transition', { params: { path }, body }))
  const moved = await move({ to: 'home-survey' })
  const closed = await move({ to: 'closed', outcome: 'support-agreed' })

  return {
    number: waiting.number,
    assignee: shown.assignee?.name,
    routedBy: shown.routing.map(({ reason }) => reason.by),
    choice: verdict.choice.name,
    claimedBy: claimed.assignee?.name,
    stale: stale.error?.type,
    phone: details.contact?.phone,
    sent: sent.silent,
    stage: moved.stage,
    status: closed.status,
    history: closed.history.map(({ kind, detail }) => (detail === null ? kind : `${kind} ${detail}`)),
  }
}
