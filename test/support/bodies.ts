import type { OpenApi, Operation, Schema } from './openapi.ts'

/** Values for fields whose schema is not enough to make them valid; used for any field with the name. */
export type Hints = Readonly<Record<string, unknown>>

/** Returns the schema of an operation's JSON body; undefined if it has none. */
export const bodySchemaOf = (operation: Operation): Schema | undefined =>
  operation.requestBody?.content['application/json']?.schema

/** Generates the smallest bodies that a schema allows. Timestamps are consecutive and in the future. */
export const bodyMaker = (document: { components: Pick<OpenApi['components'], 'schemas'> }) => {
  let hour = Date.parse('2100-01-01T00:00:00Z')

  const object = (schema: Schema, hints: Hints) => {
    const fields = Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
      if (name in hints) return [[name, hints[name]]]
      return schema.required?.includes(name) ? [[name, value(field, hints)]] : []
    })
    return Object.fromEntries(fields)
  }

  const text = ({ format, minLength = 0 }: Schema): string => {
    if (format === 'date-time') {
      hour += 3_600_000
      return new Date(hour).toISOString()
    }
    // The current day of the matrix's clock: neither past nor future.
    if (format === 'date') return '2026-11-24'
    if (format === 'uuid') return '018f3a5e-0000-7000-8000-000000000001'
    return 'a'.repeat(Math.max(1, minLength))
  }

  const value = (schema: Schema, hints: Hints): unknown => {
    const named = /^#\/components\/schemas\/(.+)$/.exec(schema.$ref ?? '')?.[1]
    if (named !== undefined) return value(document.components.schemas[named] ?? {}, hints)
    const [first] = schema.anyOf ?? schema.oneOf ?? []
    if (first) return value(first, hints)
    if ('const' in schema) return schema.const
    if (schema.enum) return schema.enum[0]
    const { items = {}, minItems = 0, minimum = 0 } = schema
    if (schema.type === 'object') return object(schema, hints)
    if (schema.type === 'array') return Array.from({ length: minItems }, () => value(items, hints))
    if (schema.type === 'string') return text(schema)
    if (schema.type === 'boolean') return true
    if (schema.type === 'integer' || schema.type === 'number') return Math.max(0, minimum)
    throw new Error(`no value for ${JSON.stringify(schema)}`)
  }

  return (schema: Schema, hints: Hints = {}): unknown => value(schema, hints)
}
