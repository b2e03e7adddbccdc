import type { RegisterRule } from '#regions/registers/register.ts'
import type { Reader } from '#storage/database.ts'
import { countHelp } from '#storage/registers/help-counts.ts'
import type { RegisterScope } from '#storage/registers/register-scope.ts'
import { type CountedRow, noCount } from './register.ts'

type HelpRule = Extract<RegisterRule, { rows: 'help' }>

/** Help by kind: those that the text names (Stavropol 6.24: four), then those beside. `most`: how many families of each figure are named. */
export const helpRows = async (
  reader: Reader,
  { kinds, beside, columns }: HelpRule,
  scope: RegisterScope & { timeZone: string; most: number },
): Promise<CountedRow[]> => {
  const counted = await countHelp(reader, scope)
  return [...kinds, ...beside].map((kind) => {
    const of = (column: string) =>
      counted.find((one) => one.kind === kind && one.column === column) ?? noCount
    const counts = Object.fromEntries(columns.map((column) => [column, of(column)]))
    return { code: kind, beside: beside.includes(kind), counts }
  })
}
