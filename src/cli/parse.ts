import { z } from 'zod'
import { type Command, commandSchema } from '#control/command.ts'
import { CommandProblem } from '#control/command-problem.ts'
import { languages } from '#core/text.ts'
import { regionCodes } from '#regions/index.ts'
import type { CommandSpec } from './command-spec.ts'
import { commandTable } from './command-table.ts'
import { type DatabaseCommand, databaseCommandSchema } from './database-commands.ts'
import { type DoctorCommand, doctorCommandSchema } from './doctor.ts'
import { type ReceiptCommand, receiptCommandSchema } from './verify-receipt.ts'
import { exampleOf, help, usageOf } from './usage.ts'

/** The line was not understood: exit code 2. Everything else that an operator can solve ends with 1. */
export class UsageProblem extends CommandProblem {
  override name = 'UsageProblem'
}

/** Commands that read or write local files before anything is sent to the app. */
const fileCommandSchema = z.discriminatedUnion('name', [
  z.strictObject({
    name: z.literal('plan-template'),
    file: z.string().min(1),
    language: z.enum(languages).default('ru'),
  }),
  z.strictObject({ name: z.literal('plan-import-file'), file: z.string().min(1), check: z.boolean() }),
  z
    .strictObject({
      name: z.literal('staff-photo-file'),
      staffId: z.uuid(),
      file: z.string().min(1).nullable().default(null),
      remove: z.boolean(),
    })
    .refine(({ file, remove }) => (file === null) === remove, { path: ['file'] }),
])
export type FileCommand = z.infer<typeof fileCommandSchema>

/** Needs neither files nor the app. */
const factsCommandSchema = z.strictObject({ name: z.literal('facts-list'), region: z.enum(regionCodes) })
type FactsCommand = z.infer<typeof factsCommandSchema>

/** Commands that the app itself does not run as they are typed, by their words or their first word. */
const schemas = {
  'staff photo': fileCommandSchema,
  plan: fileCommandSchema,
  database: databaseCommandSchema,
  facts: factsCommandSchema,
  doctor: doctorCommandSchema,
  receipt: receiptCommandSchema,
} as const

/** What is printed instead of anything being done. */
export type Asked = { print: string }

/** Parses command-line arguments. Throws UsageProblem. */
export const parseCommand = (
  args: string[],
):
  | Command
  | FileCommand
  | DatabaseCommand
  | FactsCommand
  | DoctorCommand
  | ReceiptCommand
  | Asked
  | 'version' => {
  const end = args.indexOf('--')
  const flags = end === -1 ? args : args.slice(0, end)
  const words = args.filter((one) => one === '-' || !one.startsWith('-'))
  if (flags.includes('--version')) return 'version'
  if (args.length === 0 || words[0] === 'help') return { print: help }
  if (flags.includes('--help') || flags.includes('-h')) return { print: usageOf(words.slice(0, 2).join(' ')) }
  const spec = commandTable.find((one) => one.words === words.slice(0, one.words.split(' ').length).join(' '))
  if (!spec) throw new UsageProblem(`Unknown command: ${words.join(' ')}\n\n${usageOf(words[0] ?? '')}`)
  const draft = draftOf(spec, args)
  const [first = ''] = spec.words.split(' ')
  const subject = spec.words in schemas ? spec.words : first
  const schema = subject in schemas ? schemas[subject as keyof typeof schemas] : commandSchema
  const command = schema.safeParse(draft)
  if (command.success) return command.data
  throw wrong(spec, blamed(spec, command.error.issues[0]?.path[0]))
}

type Draft = Record<string, string | string[] | boolean>

const draftOf = (spec: CommandSpec, args: readonly string[]): Draft => {
  const options = Object.entries(spec.options ?? {})
  const draft: Draft = { name: spec.name }
  for (const [, { key, kind, required }] of options) {
    if (kind === 'flag') draft[key] = false
    if (kind === 'list' && !required) draft[key] = []
  }
  const rest: string[] = []
  for (let at = 0; at < args.length; at += 1) {
    const given = args[at] ?? ''
    if (given === '-' || !given.startsWith('-')) {
      rest.push(given)
      continue
    }
    const [shown = '', ...inline] = given.split('=')
    const option = spec.options?.[shown.replace(/^--/, '')]
    if (!option || !shown.startsWith('--')) throw wrong(spec, `${spec.words} does not accept ${shown}`)
    if (option.kind === 'flag') {
      if (inline.length > 0) throw wrong(spec, `${shown} takes no value`)
      draft[option.key] = true
      continue
    }
    const value = inline.length > 0 ? inline.join('=') : args[at + 1]
    if (inline.length === 0) at += 1
    if (value === undefined || (inline.length === 0 && value.startsWith('--')))
      throw wrong(spec, `${shown} needs a value: ${option.needs}`)
    if (option.kind === 'list') draft[option.key] = [...([draft[option.key] ?? []].flat() as string[]), value]
    else draft[option.key] = value
  }
  const [argument, ...more] = rest.slice(spec.words.split(' ').length)
  if (more.length > 0 || (argument !== undefined && !spec.argument))
    throw new UsageProblem(`Unknown command: ${rest.join(' ')}\n\n${usageOf(spec.words)}`)
  if (spec.argument) {
    if (argument === undefined) throw wrong(spec, `${spec.argument.shown} is missing: ${spec.argument.needs}`)
    draft[spec.argument.key] = argument
  }
  for (const [name, { key, required, needs }] of options)
    if (required && draft[key] === undefined) throw wrong(spec, `--${name} is missing: ${needs}`)
  return draft
}

/** What is wrong with a value, in the words of the command line. */
const blamed = ({ argument, options = {}, words }: CommandSpec, key: PropertyKey | undefined): string => {
  const [name, option] = Object.entries(options).find(([, one]) => one.key === key) ?? []
  if (option) return `--${name} must be ${option.needs}`
  return argument ? `${argument.shown} must be ${argument.needs}` : `${words} is not written like this`
}

const wrong = (spec: CommandSpec, problem: string): UsageProblem =>
  new UsageProblem(`${problem}\nFor example: ${exampleOf(spec)}\n\n${usageOf(spec.words)}`)
