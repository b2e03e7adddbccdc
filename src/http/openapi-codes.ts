import { z } from 'zod'
import { otherOption } from '#features/intake/questions.ts'
import type { Region } from '#regions/schema.ts'
import { exampleOf } from './openapi-examples.ts'

const media = z.record(z.string(), z.looseObject({ schema: z.unknown() }))
const operationSchema = z.looseObject({
  operationId: z.string(),
  parameters: z.array(z.looseObject({ name: z.string(), in: z.string(), schema: z.unknown() })).optional(),
  requestBody: z.looseObject({ content: media }).optional(),
  responses: z.record(z.string(), z.looseObject({ content: media.optional() })),
})
const documentSchema = z.looseObject({
  components: z.looseObject({ schemas: z.record(z.string(), z.unknown()) }),
  paths: z.record(z.string(), z.record(z.string(), operationSchema)),
})
type Operation = z.infer<typeof operationSchema>

type Codes = { region: Region; territories: readonly { code: string }[] }

/**
 * The document as it is served: with the codes that this centre and its region have by now, and an example of every
 * operation, its call, its body and its response.
 */
export const completeDocument = (given: object, { region, territories }: Codes): object => {
  const document = documentSchema.parse(structuredClone(given))
  const { schemas } = document.components
  schemas.TerritoryCode = {
    // Open: a client that was generated yesterday must take a territory of today.
    anyOf: [
      { type: 'string', enum: [...territories.map(({ code }) => code), otherOption] },
      { type: 'string' },
    ],
    description:
      'Territories of the centre, also retired ones, and `other`. The list may grow: `GET /territories`',
  }
  schemas.StageCode = {
    type: 'string',
    enum: [...region.stages],
    description: 'Stages of a case in this region, in their order',
  }
  for (const [path, methods] of Object.entries(document.paths))
    for (const [method, operation] of Object.entries(methods)) {
      for (const parameter of operation.parameters ?? []) nameCodes(parameter, parameter.name)
      for (const { schema } of Object.values(operation.requestBody?.content ?? {})) nameCodesWithin(schema)
      addExamples(operation, { schemas, call: `${method.toUpperCase()} ${path}` })
    }
  return document
}

/** Parameters and fields of bodies with these names take no other values. */
const nameCodesWithin = (schema: unknown): void => {
  const found = z.looseObject({ properties: z.record(z.string(), z.unknown()) }).safeParse(schema)
  if (!found.success) return
  const { properties } = schema as { properties: Record<string, object> }
  for (const [name, field] of Object.entries(properties)) {
    const holder = { schema: field }
    nameCodes(holder, name)
    properties[name] = holder.schema
  }
}

const nameCodes = (holder: { schema?: unknown }, name: string): void => {
  const plain = z.looseObject({ type: z.enum(['string', 'array']), pattern: z.string().optional() })
  const schema = plain.safeParse(holder.schema)
  if (!schema.success) return
  const reference = { $ref: '#/components/schemas/TerritoryCode' }
  if (name === 'territory' && schema.data.type === 'string') holder.schema = reference
  if (name === 'territories' && schema.data.type === 'array')
    holder.schema = { ...schema.data, items: reference }
}

type Setting = { schemas: Readonly<Record<string, unknown>>; call: string }

const addExamples = (operation: Operation, { schemas, call }: Setting): void => {
  for (const content of Object.values(operation.requestBody?.content ?? {}))
    content.example = exampleOf(content.schema, schemas, false)
  for (const [status, { content = {} }] of Object.entries(operation.responses))
    if (status !== 'default' && content['application/json'])
      content['application/json'].example = exampleOf(content['application/json'].schema, schemas, true)
  operation['x-codeSamples'] = [{ lang: 'curl', source: curlOf(operation, call, schemas) }]
}

const curlOf = (operation: Operation, call: string, schemas: Setting['schemas']): string => {
  const [method = '', path = ''] = call.split(' ')
  const required = z.looseObject({
    name: z.string(),
    in: z.string(),
    required: z.literal(true),
    schema: z.unknown(),
  })
  const parameters = (operation.parameters ?? []).flatMap((one) => {
    const found = required.safeParse(one)
    return found.success
      ? [{ ...found.data, value: String(exampleOf(found.data.schema, schemas, false)) }]
      : []
  })
  const filled = path.replace(
    /\{(\w+)\}/g,
    (_, name: string) => parameters.find((one) => one.name === name)?.value ?? name,
  )
  const query = parameters.filter((one) => one.in === 'query').map((one) => `${one.name}=${one.value}`)
  const headers = parameters.filter((one) => one.in === 'header').map((one) => `${one.name}: *`)
  const body = operation.requestBody?.content['application/json']?.example
  const lines = [
    `curl${method === 'GET' ? '' : ` -X ${method}`} "$URL${filled}${query.length > 0 ? `?${query.join('&')}` : ''}"`,
    '-H "Authorization: Bearer $KEY"',
    ...headers.map((header) => `-H '${header}'`),
    ...(body === undefined ? [] : ["-H 'Content-Type: application/json'", `-d '${JSON.stringify(body)}'`]),
  ]
  return lines.join(' \\\n  ')
}
