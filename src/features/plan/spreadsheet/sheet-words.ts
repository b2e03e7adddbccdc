import type { Say } from '#core/text.ts'
import { audiences } from '#features/families/audience.ts'
import { helpKinds } from '#regions/schema.ts'
import { supportLevels } from '#storage/families/families.ts'
import { normalizeLabel } from './cells.ts'

/** Fields of the plan sheet, by the label in column A. */
export const fields = ['family', 'level', 'from', 'until', 'goal', 'tasks', 'results'] as const
export type Field = (typeof fields)[number]

/** Columns of the activities sheet, by the title in the first row. */
export const columns = [
  'code',
  'title',
  'plain',
  'kind',
  'place',
  'responsible',
  'repeat',
  'from',
  'until',
  'at',
  'audience',
  'minors',
  'familyPart',
  'centrePart',
  // Last: workbooks that people keep have the others in this order.
  'catalogueCode',
] as const
export type ColumnName = (typeof columns)[number]

/** A value of the document, its label on the hints sheet, and accepted synonyms. */
export type Choice<T extends string = string> = { value: T; label: string; also: readonly string[] }

/** All texts of the workbook in one language, used both for writing and for reading. */
export type SheetWords = ReturnType<typeof createSheetWords>

/** `others`: languages in which words are understood as well. */
export const createSheetWords = (say: Say, others: readonly Say[] = []) => ({
  say,
  aside: eachOf([say, ...others], 'spreadsheet.aside'),
  totals: eachOf([say, ...others], 'spreadsheet.totals'),
  plan: say.label('spreadsheet.sheets.plan'),
  activities: say.label('spreadsheet.sheets.activities'),
  hints: say.label('spreadsheet.sheets.hints'),
  fields: fields.map((field) => ({
    field,
    label: say.label(`spreadsheet.fields.${field}`),
    also: others.map((other) => other.label(`spreadsheet.fields.${field}`)),
  })),
  columns: columns.map((column) => ({
    column,
    label: say.label(`spreadsheet.columns.${column}`),
    also: [
      ...others.map((other) => other.label(`spreadsheet.columns.${column}`)),
      ...(isRenamed(column) ? eachOf([say, ...others], `spreadsheet.columnsAlso.${column}`) : []),
    ],
  })),
  levels: supportLevels.map(
    (level): Choice<typeof level> => ({
      value: level,
      label: say.label(`planPdf.levels.${level}`),
      also: others.map((other) => other.label(`planPdf.levels.${level}`)),
    }),
  ),
  kinds: helpKinds.map(
    (kind): Choice<typeof kind> => ({
      value: kind,
      label: say.label(`spreadsheet.kinds.${kind}`),
      also: [
        ...[say, ...others].flatMap((one) => [
          one.label(`regions.shared.helpKinds.${kind}`),
          one.label(`spreadsheet.kindsOfHelp.${kind}`),
        ]),
        ...others.map((other) => other.label(`spreadsheet.kinds.${kind}`)),
      ],
    }),
  ),
  audiences: audiences.map(
    (audience): Choice<typeof audience> => ({
      value: audience,
      label: say.label(`spreadsheet.audiences.${audience}`),
      also: [
        ...others.map((other) => other.label(`spreadsheet.audiences.${audience}`)),
        ...(audience === 'minors'
          ? [say, ...others].map((one) => one.label('spreadsheet.audienceMinors'))
          : []),
      ],
    }),
  ),
})

/** Columns that people call otherwise, too. */
const renamed = ['code', 'title', 'responsible', 'place', 'repeat'] as const
const isRenamed = (column: ColumnName): column is (typeof renamed)[number] =>
  renamed.some((one) => one === column)

/** Several words in one text. */
const eachOf = (
  all: readonly Say[],
  key: 'spreadsheet.aside' | 'spreadsheet.totals' | `spreadsheet.columnsAlso.${(typeof renamed)[number]}`,
): string[] =>
  all.flatMap((say) =>
    say
      .label(key)
      .split(';')
      .map((one) => one.trim()),
  )

/** Finds a choice by label or synonym; the API's code is accepted, too. */
export const findChoice = <T extends string>(choices: readonly Choice<T>[], text: string): T | undefined =>
  choices.find(({ value, label, also }) =>
    [value, label, ...also].some((words) => normalizeLabel(words) === normalizeLabel(text)),
  )?.value
