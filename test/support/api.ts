import { createKey } from '#features/staff/api-keys.ts'
import { type Scope, scopes } from '#features/staff/api-scopes.ts'
import type { World } from './world.ts'
import { writes } from './writes.ts'

export type KeyOptions = {
  scopes?: readonly Scope[]
  territories?: readonly string[]
  expiresAt?: Date
}
export type ApiAnswer = { status: number; headers: Headers; body: unknown }
export type ApiClient = ReturnType<typeof clientOf>

/** Creates an API key in the running world and a client that uses it; default: all scopes and territories. */
export const keyOf = async (world: World, options: KeyOptions = {}): Promise<ApiClient> => {
  const { token, key } = await world.database.transaction((tx) =>
    createKey(tx, {
      name: 'test',
      scopes: options.scopes ?? scopes,
      territories: options.territories ?? [],
      expiresAt: options.expiresAt,
      now: world.clock.now(),
    }),
  )
  return clientOf(() => world.app().url, token, key.id)
}

/** Calls `/api/v1` with a token, or without one. */
export const clientOf = (url: () => string, token: string | undefined, keyId = '') => {
  const call = async (
    method: string,
    path: string,
    { body, headers = {} }: { body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<ApiAnswer> => {
    if (method !== 'GET') writes.count += 1
    const answer = await fetch(new URL(`/api/v1${path}`, url()), {
      method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await answer.text()
    return {
      status: answer.status,
      headers: answer.headers,
      body: text === '' ? undefined : JSON.parse(text),
    }
  }
  return {
    keyId,
    token,
    call,
    get: (path: string, headers?: Record<string, string>) => call('GET', path, headers && { headers }),
    post: (path: string, body?: unknown, headers?: Record<string, string>) =>
      call('POST', path, { body, ...(headers && { headers }) }),
    patch: (path: string, body: unknown, headers?: Record<string, string>) =>
      call('PATCH', path, { body, ...(headers && { headers }) }),
    delete: (path: string, headers?: Record<string, string>) => call('DELETE', path, headers && { headers }),
  }
}
