import { readFileSync } from 'node:fs'

type Field = { types: string[]; required?: true }
type Fields = Record<string, Field>
type Description = {
  version: string
  methods: Record<string, Fields>
  types: Record<string, { fields: Fields } | { oneOf: string[] }>
}

const description: Description = JSON.parse(readFileSync(new URL('./bot-api.json', import.meta.url), 'utf8'))

/** Stands for an uploaded file while a call is checked. */
export type Upload = { upload: { name: string; mime: string; bytes: Uint8Array } }
export const isUpload = (value: unknown): value is Upload =>
  typeof value === 'object' && value !== null && 'upload' in value

export type Params = Record<string, unknown>

/** Telegram's special wording for the parameters that are omitted most often. */
const missing: Record<string, string> = {
  chat_id: 'chat_id is empty',
  text: 'message text is empty',
  message_id: 'message identifier is not specified',
  file_id: 'file_id not specified',
}

/**
 * Validates a call against the Bot API description: unknown methods, unknown parameters (at any depth), missing
 * required ones, wrong types. Stricter than Telegram, which ignores unknown parameters.
 * @returns the text of Telegram's error, or undefined if the call is valid
 */
export const checkCall = (method: string, params: Params): string | undefined => {
  const fields = description.methods[method]
  if (!fields) return 'Not Found: method not found'
  const fault = checkFields(params, fields, method)
  return fault && `Bad Request: ${fault}`
}

/** The same for a value produced by the emulator, for example `checkType('Update', update)`. */
export const checkType = (type: string, value: unknown): string | undefined => checkOne(value, type, type)

/** Whether the Bot API has this method. */
export const isMethod = (method: string): boolean => Object.hasOwn(description.methods, method)

/**
 * Converts received parameters (JSON, or form strings) to the described types where possible; others stay unchanged
 * and are refused by `checkCall`.
 */
export const readParams = (method: string, raw: Params): Params => {
  const fields = description.methods[method] ?? {}
  const params: Params = {}
  for (const [name, value] of Object.entries(raw)) {
    const types = fields[name]?.types
    if (value !== null && value !== undefined) params[name] = types ? readValue(value, types) : value
  }
  return params
}

const readValue = (value: unknown, types: string[]): unknown => {
  if (typeof value !== 'string') return value
  if (types.includes('Integer') && /^-?\d{1,16}$/.test(value)) return Number(value)
  if (types.includes('String')) return value
  if (types.includes('Float') && /^-?\d+(\.\d+)?$/.test(value)) return Number(value)
  if (types.includes('Boolean')) return readBoolean(value)
  if (types.includes('InputFile')) return value
  try {
    return JSON.parse(value)
  } catch (error) {
    if (error instanceof SyntaxError) return value
    throw error
  }
}

const readBoolean = (value: string): unknown => {
  if (/^(true|1|yes)$/i.test(value)) return true
  return /^(false|0|no)$/i.test(value) ? false : value
}

const checkFields = (value: object, fields: Fields, where: string): string | undefined => {
  for (const [name, inner] of Object.entries(value)) {
    if (inner === undefined) continue
    const field = fields[name]
    if (!field || !Object.hasOwn(fields, name)) return `unknown parameter "${name}" in ${where}`
    const fault = checkAny(inner, field.types, `${where}.${name}`)
    if (fault) return fault
  }
  for (const [name, field] of Object.entries(fields)) {
    if (field.required && (value as Params)[name] === undefined) {
      return missing[name] ?? `parameter "${name}" is required in ${where}`
    }
  }
  return undefined
}

/** For union types, reports the error of the closest one: the one that matched the most parameters. */
const checkAny = (value: unknown, types: string[], where: string): string | undefined => {
  if (types.length === 1) return checkOne(value, types[0] ?? '', where)
  let nearest: { fault: string; score: number } | undefined
  for (const type of types) {
    const fault = checkOne(value, type, where)
    if (fault === undefined) return undefined
    const score = likeness(value, type)
    if (!nearest || score > nearest.score) nearest = { fault, score }
  }
  return nearest?.fault
}

const likeness = (value: unknown, type: string): number => {
  const known = description.types[type]
  if (typeof value !== 'object' || value === null || !known || !('fields' in known)) return 0
  return Object.keys(value).filter((name) => Object.hasOwn(known.fields, name)).length
}

const checkOne = (value: unknown, type: string, where: string): string | undefined => {
  const plain = plainTypes[type]
  if (plain) return plain(value) ? undefined : `${where} must be of type ${type}`
  if (type.startsWith('Array of ')) {
    if (!Array.isArray(value)) return `${where} must be of type ${type}`
    const inner = type.slice('Array of '.length)
    for (const [index, item] of value.entries()) {
      const fault = checkOne(item, inner, `${where}[${index}]`)
      if (fault) return fault
    }
    return undefined
  }
  const known = description.types[type]
  if (!known) return `${where} is of an undescribed type ${type}`
  if ('oneOf' in known) return checkAny(value, known.oneOf, where)
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return `can't parse ${type} in ${where}`
  return checkFields(value, known.fields, where)
}

const plainTypes: Record<string, (value: unknown) => boolean> = {
  Integer: (value) => Number.isSafeInteger(value),
  String: (value) => typeof value === 'string',
  Float: (value) => typeof value === 'number',
  Boolean: (value) => typeof value === 'boolean',
  InputFile: isUpload,
}
