import type { Language } from '#core/text.ts'
import type { RegionWords } from './region-words.ts'
import type { RegionText } from './schema.ts'

/** Names that all regions share, by list; a region needs none of its own for these. */
export type NamedElsewhere = Readonly<
  Record<Language, Readonly<Record<string, Readonly<Record<string, string>>>>>
>

type Rules = Omit<RegionText, 'code'>

/** A button has one line. */
const longestName = 40

/** What the schema cannot see: codes that stand twice, and places that lead nowhere. */
export const findRuleFaults = (rules: Rules): string[] => {
  const { stages, stageDeadlines, stageEvents, deadlines, followUp } = rules
  const unknown = (stage: string) => !stages.includes(stage)
  const noStage = (stage: string) => `«${stage}» is none of the stages (${stages.join(', ')})`
  return [
    ...(isTimeZone(rules.timeZone) ? [] : ['#/rules/timeZone: no such time zone, e.g. Europe/Moscow']),
    ...twice(
      'categories',
      rules.categories.map(({ code }) => code),
    ),
    ...twice(
      'circumstances',
      rules.circumstances.map(({ code }) => code),
    ),
    ...twice('stages', stages),
    ...Object.keys(stageDeadlines)
      .filter(unknown)
      .map((stage) => `#/rules/stageDeadlines/${stage}: ${noStage(stage)}`),
    ...Object.entries(stageEvents)
      .filter(([, { stage }]) => unknown(stage))
      .map(([event, { stage }]) => `#/rules/stageEvents/${event}/stage: ${noStage(stage)}`),
    ...Object.entries(deadlines)
      .filter(([, { from }]) => from !== 'application' && stageEvents[from] === undefined)
      .map(([code, { from }]) => `#/rules/deadlines/${code}/from: no stage of stageEvents is «${from}»`),
    ...(followUp?.longStages ?? [])
      .filter(unknown)
      .map((stage) => `#/rules/followUp/longStages: ${noStage(stage)}`),
  ]
}

/** Names that are missing in one language, and those that no button holds. */
export const findWordFaults = (
  rules: Rules,
  words: RegionWords,
  language: Language,
  shared: Readonly<Record<string, Readonly<Record<string, string>>>>,
): string[] => {
  const needed: [list: 'stages' | 'steps' | 'categories' | 'circumstances', codes: readonly string[]][] = [
    ['stages', rules.stages],
    ['steps', rules.stages],
    ['categories', rules.categories.map(({ code }) => code)],
    ['circumstances', rules.circumstances.map(({ code }) => code)],
  ]
  return needed.flatMap(([list, codes]) => {
    const at = (code: string) => `#/words/${language}/${list}/${code}`
    const own = words[list] ?? {}
    const missing = [...new Set(codes)].filter((code) => !own[code] && !shared[list]?.[code])
    const long = Object.entries(own).filter(([, name]) => [...name].length > longestName)
    return [
      ...missing.map((code) => `${at(code)}: is missing, and no other region has a word for it`),
      ...long.map(([code]) => `${at(code)}: must have at most ${longestName} characters`),
    ]
  })
}

const isTimeZone = (timeZone: string): boolean => {
  try {
    new Intl.DateTimeFormat('ru', { timeZone })
    return true
  } catch {
    return false
  }
}

const twice = (list: string, codes: readonly string[]): string[] =>
  codes
    .map((code, index) => [code, index] as const)
    .filter(([code, index]) => codes.indexOf(code) !== index)
    .map(([code, index]) => `#/rules/${list}/${index}: «${code}» stands twice`)
