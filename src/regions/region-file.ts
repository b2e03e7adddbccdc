import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { type Language, languages } from '#core/text.ts'
import { daysOffSchema, federalDaysOff } from './days-off.ts'
import { completeRegion } from './index.ts'
import { findRuleFaults, findWordFaults, type NamedElsewhere } from './region-file-faults.ts'
import { type RegionWords, regionWordsSchema } from './region-words.ts'
import { type Region, regionCodes, regionTextSchema } from './schema.ts'
import { territory } from './territories.ts'

/** A region that is a file of the centre, and not one of the product. */
export type OwnRegion = { rules: Region; words: Readonly<Record<Language, RegionWords>> }

/** Every mistake of the file, one line each: where it is, and what is wrong. */
export class InvalidRegionFile extends Error {
  override name = 'InvalidRegionFile'
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.problems = problems
  }
}

const ownCode = z
  .string()
  .regex(/^[a-z]+(-[a-z0-9]+)*$/, 'must consist of small Latin letters, digits and hyphens')
  .refine((code) => ![...regionCodes, 'shared'].includes(code), 'is the name of a region of the product')

const sections = {
  rules: regionTextSchema.extend({ code: ownCode }),
  territories: z.array(territory).min(1),
  /** Beside the federal ones. */
  daysOff: daysOffSchema.optional(),
  ru: regionWordsSchema,
  en: regionWordsSchema,
}

const whole = z.strictObject({
  rules: z.unknown(),
  territories: z.unknown(),
  daysOff: z.unknown().optional(),
  words: z.strictObject({ ru: z.unknown(), en: z.unknown() }),
})

/**
 * Reads a region of the centre's own, with the rules of `regionTextSchema`, the territories of a new centre and the words of
 * both languages. Each section is read by itself, so that a mistake in one hides none of another. Throws InvalidRegionFile.
 */
export const readRegionFile = (path: string, elsewhere: NamedElsewhere): OwnRegion => {
  const read = whole.safeParse(parsed(path))
  if (!read.success) throw new InvalidRegionFile(saidOf(read.error, []))
  const { data } = read
  const rules = sections.rules.safeParse(data.rules)
  const territories = sections.territories.safeParse(data.territories)
  const daysOff = sections.daysOff.safeParse(data.daysOff)
  const ru = sections.ru.safeParse(data.words.ru)
  const en = sections.en.safeParse(data.words.en)
  const problems = [
    ...saidOf(rules.error, ['rules']),
    ...(rules.data ? findRuleFaults(rules.data) : []),
    ...saidOf(territories.error, ['territories']),
    ...saidOf(daysOff.error, ['daysOff']),
    ...saidOf(ru.error, ['words', 'ru']),
    ...saidOf(en.error, ['words', 'en']),
    ...languages.flatMap((language) => {
      const words = { ru, en }[language].data
      return rules.data && words ? findWordFaults(rules.data, words, language, elsewhere[language]) : []
    }),
  ]
  if (problems.length > 0 || !rules.data || !territories.data || !ru.data || !en.data)
    throw new InvalidRegionFile(problems)
  return {
    rules: completeRegion(rules.data, {
      territories: territories.data,
      daysOff: daysOff.data ?? federalDaysOff,
    }),
    words: { ru: ru.data, en: en.data },
  }
}

const parsed = (path: string): unknown => {
  let content: string
  try {
    content = readFileSync(path, 'utf8')
  } catch {
    throw new InvalidRegionFile(['#: the file cannot be read'])
  }
  try {
    return JSON.parse(content)
  } catch (error) {
    throw new InvalidRegionFile([`#: is no JSON: ${error instanceof Error ? error.message : ''}`])
  }
}

type Path = readonly PropertyKey[]

const saidOf = (error: z.ZodError | undefined, within: Path): string[] =>
  (error?.issues ?? []).map((issue) => `${pointer([...within, ...issue.path])}: ${inWords(issue)}`)

const pointer = (path: Path) => ['#', ...path.map(String)].join('/')

const inWords = (issue: z.core.$ZodIssue): string => {
  if (issue.code === 'unrecognized_keys')
    return `has fields that mean nothing here: ${issue.keys.map((key) => `«${key}»`).join(', ')}`
  if (issue.code === 'invalid_type')
    return issue.message.endsWith('received undefined')
      ? `is missing (${issue.expected})`
      : `must be: ${issue.expected}`
  if (issue.code === 'invalid_value') return `must be one of: ${issue.values.map(String).join(', ')}`
  if (issue.code === 'too_small') return 'must not be empty, or is too small'
  return issue.message
}
