import type { Say } from '#core/text.ts'
import { otherOption } from '#features/intake/questions.ts'
import type { RegisterRule } from '#regions/registers/register.ts'
import type { Region } from '#regions/schema.ts'
import type { Value } from './register.ts'

/** A register in one language: its name, and those of its columns, rows and codes. */
export type RegisterWords = ReturnType<typeof registerWords>

export const registerWords = (say: Say, region: Pick<Region, 'code'>, rule: RegisterRule) => {
  const first = (keys: readonly string[]) => keys.find(say.has)
  /** In the words of the regulation where they are known: a register is read beside it. */
  const need = (list: string, code: string) =>
    first([
      ...[`regions.${region.code}.official.${code}`, `regions.${region.code}.${list}.${code}`],
      ...[`regions.shared.official.${code}`, `regions.shared.${list}.${code}`],
    ])
  const territory = (code: string): string => {
    if (code === otherOption) return say.label('surveyCharts.otherTerritory')
    const key = `territories.${code}`
    return say.has(key) ? say.label(key) : code
  }
  const column = (code: string): string => {
    const own = [`registers.${region.code}.columns.${code}`, `registers.columns.${code}`]
    const key = first(own) ?? need('categories', code)
    return key === undefined ? code : say.label(key)
  }
  const labelled = (code: string, key: string | undefined) => (key === undefined ? code : say.label(key))
  const row = (code: string): string => {
    if (rule.rows === 'help') return say.label(`registers.kinds.${code}`)
    if (rule.rows === 'results') return say.label(`registers.${region.code}.results.${code}`)
    return territory(code)
  }
  /** What stands in a cell of this column. */
  const cell = (of: string, value: Value): string | number | null => {
    if (value === null || typeof value === 'number') return value
    const words = (code: string): string => {
      if (of === 'territory') return territory(code)
      if (of === 'level') return say.label(`caseload.levels.${code}`)
      if (of === 'closing') return say.label(`familyState.reasons.${code}`)
      if (of === 'how') return say.label(`afterLook.answers.${code}`)
      if (of === 'categories' || of === 'circumstances') return labelled(code, need(of, code))
      return code
    }
    return typeof value === 'string' ? words(value) : value.map(words).join('; ')
  }
  const named = first([`registers.${region.code}.names.${rule.code}`, `registers.names.${rule.code}`])
  return { name: labelled(rule.code, named), column, row, cell }
}
