import type { CommandSpec } from './command-spec.ts'
import { commandTable } from './command-table.ts'

const run = 'npm run ryadom --'

const usageLines = ({ words, usage, says }: CommandSpec): string =>
  [`  ${run} ${words} ${usage}`.trimEnd(), ...says.map((line) => `      ${line}`)].join('\n')

const last = [
  `  ${run} <command> --help`,
  '      says how a command is written; --version prints the version',
  `  ${run} help`,
].join('\n')

export const help = `Ryadom, commands for operators:\n\n${[...commandTable.map(usageLines), last].join('\n')}`

/** What is meant, without the rest, which would push the error off the screen; everything if nothing like it exists. */
export const usageOf = (words: string): string => {
  const like = (start: string) =>
    commandTable.filter((spec) => `${spec.words} `.startsWith(`${start} `)).map(usageLines)
  const [exact, near] = [like(words), like(words.split(' ')[0] ?? '')]
  const found = exact.length > 0 ? exact : near
  return found.length === 0 || words === '' ? help : [...found, `  ${run} help`].join('\n')
}

export const exampleOf = ({ words, example }: CommandSpec): string => `${run} ${words} ${example}`.trimEnd()
