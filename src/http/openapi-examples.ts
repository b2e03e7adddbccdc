import { readFileSync } from 'node:fs'
import { z } from 'zod'

/** What a field of this name holds in examples, where its schema alone would not be understood. */
const named = z
  .record(z.string(), z.unknown())
  .parse(JSON.parse(readFileSync(new URL('./example-values.json', import.meta.url), 'utf8')))

const day = '2026-12-03'
const moment = '2026-12-03T12:00:00Z'
const id = '018f3a5e-0000-7000-8000-000000000000'

const schemaSchema = z.looseObject({
  $ref: z.string().optional(),
  type: z.union([z.string(), z.array(z.string())]).optional(),
  enum: z.array(z.unknown()).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).optional(),
  minItems: z.number().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  minLength: z.number().optional(),
  maxLength: z.number().optional(),
  pattern: z.string().optional(),
  format: z.string().optional(),
})
type Schema = z.infer<typeof schemaSchema>
type Schemas = Readonly<Record<string, unknown>>

/** An example that fits the schema; `whole`: with everything that may be left out. */
export const exampleOf = (schema: unknown, schemas: Schemas, whole: boolean): unknown =>
  exampleFor(schema, { schemas, whole, name: '', depth: 0 })

type Place = { schemas: Schemas; whole: boolean; name: string; depth: number }

const exampleFor = (given: unknown, place: Place): unknown => {
  const schema = schemaSchema.parse(given ?? {})
  const { schemas, name, depth } = place
  const [, reference] = /^#\/components\/schemas\/(.+)$/.exec(schema.$ref ?? '') ?? []
  if (reference !== undefined) return exampleFor(schemas[reference], place)
  if (schema.const !== undefined) return schema.const
  if ('default' in schema && name === '') return schema.default
  const [first] = [schema.anyOf, schema.oneOf, schema.allOf].flatMap((list) =>
    Array.isArray(list) ? list : [],
  )
  const wanted = named[name]
  if (wanted !== undefined && fits(schema, wanted)) return wanted
  if (first !== undefined) return exampleFor(first, { ...place, depth: depth + 1 })
  if (schema.enum) return schema.enum[0]
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type
  if (type === 'object' || schema.properties) return objectOf(schema, place)
  if (type === 'array') {
    const { minItems = 0, items, prefixItems } = schema
    if (Array.isArray(prefixItems))
      return prefixItems.map((one) => exampleFor(one, { ...place, depth: depth + 1 }))
    const count = Math.max(minItems, place.whole && depth < 6 ? 1 : 0)
    return Array.from({ length: count }, () => exampleFor(items, { ...place, depth: depth + 1 }))
  }
  if (type === 'string') return textOf(schema)
  if (type === 'boolean') return true
  if (type === 'null') return null
  if (type === 'integer' || type === 'number') return Math.max(schema.minimum ?? 1, 1)
  return {}
}

const objectOf = ({ properties = {}, required = [] }: Schema, place: Place): object =>
  Object.fromEntries(
    Object.entries(properties)
      .filter(([name]) => required.includes(name) || (place.whole && place.depth < 6))
      .map(([name, schema]) => [name, exampleFor(schema, { ...place, name, depth: place.depth + 1 })]),
  )

const textOf = ({ format, pattern, minLength = 1, maxLength }: Schema): string => {
  if (format === 'date-time') return moment
  if (format === 'date') return day
  if (format === 'uuid') return id
  if (format === 'uri') return 'https://crm.example.org/ryadom'
  const known = [
    day,
    'visit.created',
    '2026-12',
    '12:00',
    '4071',
    '2026-000123',
    'one',
    'a1b2',
    'ab'.repeat(32),
  ]
  const found = pattern && known.find((text) => new RegExp(pattern, 'u').test(text))
  return (found ?? 'x'.repeat(Math.max(minLength, 1))).slice(0, maxLength)
}

/** Whether a value of the table is one for this field: two fields of one name may hold different things. */
const fits = (schema: Schema, value: unknown): boolean => {
  if (schema.$ref !== undefined || schema.enum) return false
  const alternatives = schema.anyOf ?? schema.oneOf
  if (Array.isArray(alternatives)) return alternatives.some((one) => fits(schemaSchema.parse(one), value))
  const types = [schema.type].flat()
  if (value === null) return types.includes('null')
  if (Array.isArray(value)) return types.includes('array') && fitsItems(schema.items, value)
  if (typeof value === 'number') return types.includes('integer') || types.includes('number')
  if (typeof value !== 'string' || !types.includes('string') || schema.format)
    return schema.format === 'uri' && URL.canParse(String(value))
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY, pattern } = schema
  const long = value.length >= minLength && value.length <= maxLength
  return long && (pattern === undefined || new RegExp(pattern, 'u').test(value))
}

const fitsItems = (items: unknown, value: readonly unknown[]): boolean => {
  const schema = schemaSchema.safeParse(items)
  return schema.success && value.every((one) => fits(schema.data, one))
}
