import type { World } from './world.ts'

/** The parts of a JSON Schema that the body generator and the tests use. */
export type Schema = {
  $ref?: string
  type?: string
  const?: unknown
  enum?: unknown[]
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  format?: string
  pattern?: string
  default?: unknown
  minimum?: number
  minItems?: number
  minLength?: number
  description?: string
}

export type Parameter = {
  name: string
  in: 'path' | 'query' | 'header'
  required?: boolean
  schema: Schema
}

export type Operation = {
  operationId: string
  tags: string[]
  summary: string
  description: string
  parameters?: Parameter[]
  requestBody?: { content: Record<string, { schema: Schema }> }
  responses: Record<
    string,
    { description: string; headers?: object; content?: Record<string, { schema: Schema }> }
  >
}

export type OpenApi = {
  openapi: string
  info: { description: string }
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema> }
}

/** Fetches the document from the running world. */
export const documentOf = async (world: World): Promise<OpenApi> => {
  const answer = await fetch(new URL('/api/openapi.json', world.app().url))
  return (await answer.json()) as OpenApi
}

export type Route = { method: string; path: string; operation: Operation; scope: string }

/** Lists every route and method of the document; paths without `/api/v1`, scopes from the descriptions. */
export const routesOf = ({ paths }: OpenApi): Route[] =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path: path.replace(/^\/api\/v1/, ''),
      operation,
      scope: /Scope: `([a-z:]+)`/.exec(operation.description)?.[1] ?? '',
    })),
  )
