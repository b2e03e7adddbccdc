import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { commandTable } from '#src/cli/command-table.ts'
import { parseCommand, UsageProblem } from '#src/cli/parse.ts'
import { exampleOf, help } from '#src/cli/usage.ts'
import { commandSchema } from '#control/command.ts'
import { runCli } from '#test/support/cli.ts'

/** As a shell parts them. */
const parted = (line: string): string[] =>
  [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '')

const problemOf = (args: string[]): string => {
  try {
    parseCommand(args)
  } catch (error) {
    expect(error).toBeInstanceOf(UsageProblem)
    return (error as Error).message
  }
  throw new Error(`understood: ${args.join(' ')}`)
}

/** Words of the schema that nobody types. */
const ofSchema = /invalid|expected|received|too small|too big|\u2716|\u2192|regex|zod|undefined/i

test('every command that the app runs can be typed', () => {
  const names = commandSchema.options.map(({ shape }) => shape.name.value)
  // Files are read first; the doctor asks by itself.
  const sent = {
    'plan-import': 'plan-import-file',
    'staff-photo': 'staff-photo-file',
    doctor: 'doctor-report',
  } as Record<string, string>
  const typed = commandTable.map(({ name }) => name)
  for (const name of names) expect(typed).toContain(sent[name] ?? name)
})

describe.each(commandTable)('$words', (spec) => {
  const { words, example, options = {}, argument } = spec
  const right = [...words.split(' '), ...parted(example)]

  test('its example is understood, and its help is its own', () => {
    expect(parseCommand(right)).toMatchObject({ name: spec.name })
    for (const flag of ['--help', '-h']) {
      const { print } = parseCommand([...words.split(' '), flag]) as { print: string }
      expect(print.startsWith(`  npm run ryadom -- ${words}`)).toBe(true)
      expect(help).toContain(print.split('\n')[0] ?? '')
    }
    expect(parseCommand([...right, '--version'])).toBe('version')
  })

  test('an unknown option, a missing value and a wrong one name the option and an example', () => {
    const expects = (args: string[], named: RegExp) => {
      const problem = problemOf(args)
      const [first = '', second] = problem.split('\n')
      expect(first).toMatch(named)
      expect(first).not.toMatch(ofSchema)
      expect(second).toBe(`For example: ${exampleOf(spec)}`)
    }
    expects([...right, '--nonsense', 'x'], /does not accept --nonsense$/)
    expects([...right, '-x'], /does not accept -x$/)
    for (const [name, { kind, required }] of Object.entries(options)) {
      if (kind === 'flag') {
        expects([...right, `--${name}=yes`], new RegExp(`^--${name} takes no value$`))
        continue
      }
      expects([...right, `--${name}`], new RegExp(`^--${name} needs a value: \\S`))
      expects([...right, `--${name}`, '--other'], new RegExp(`^--${name} needs a value: \\S`))
      expects([...right, `--${name}=`], new RegExp(`^--${name} must be \\S`))
      if (!required) continue
      const at = right.indexOf(`--${name}`)
      expects([...right.slice(0, at), ...right.slice(at + 2)], new RegExp(`^--${name} is missing: \\S`))
    }
    if (!argument) return
    const without = right.filter((_, at) => at !== words.split(' ').length)
    expects(without, new RegExp(`^${argument.shown} is missing: `))
    if (argument.key !== 'file')
      expects(
        [...words.split(' '), 'x', ...right.slice(words.split(' ').length + 1)],
        new RegExp(`^${argument.shown} must be \\S`),
      )
  })
})

test('exit codes: 0 done, 1 refused, 2 not understood; the version is that of the package', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'ryadom-table-'))
  try {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
    expect(await runCli(dir, ['--version'])).toEqual({ code: 0, out: `ryadom ${version}\n`, err: '' })
    expect(await runCli(dir, ['staff', 'ad'])).toMatchObject({ code: 2, out: '' })
    expect(await runCli(dir, ['plan', 'import', '-'])).toMatchObject({
      code: 1,
      err: 'Standard input is not an .xlsx workbook\n',
    })
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}, 120_000)
