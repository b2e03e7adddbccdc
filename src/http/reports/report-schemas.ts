import { z } from 'zod'
import type { Say } from '#core/text.ts'
import { changedRows, type Figures } from '#features/reports/figures.ts'
import { reasonOf } from '#features/reports/hand-in.ts'
import { frozen, type QuarterReport } from '#features/reports/quarter-report.ts'
import { rowWords } from '#features/reports/report-paper.ts'
import { hideSmall, type ShownFigure } from '#features/reports/small-groups.ts'
import type { Caller } from '#features/staff/api-keys.ts'
import { categoryChoices, nameOfRow } from '#regions/reports/report-form.ts'
import type { HandedIn } from '#storage/reports/handed-in.ts'
import type { ApiDeps } from '../api-deps.ts'

export const periodParams = z.strictObject({
  period: z.string().max(40).describe('A quarter: `2026-Q4`'),
})
export const categoriesQuery = z
  .enum(categoryChoices)
  .optional()
  .describe(
    'A family counts in the rows of all of its categories, or of the main one; default: as reported last',
  )

const figureSchema = z
  .strictObject({
    row: z.string().describe('Table and number: `form.1.4.1`, `indicators.3`'),
    words: z.string().describe('In the words of the text'),
    figure: z.number().nullable().describe('Null: hidden, or nothing to divide by'),
    hidden: z
      .boolean()
      .describe('Too few for a key that may not open the cases, or it would reveal such a figure'),
  })
  .meta({ id: 'ReportFigure' })

export const handedInSchema = z
  .strictObject({
    number: z.int().describe('1: as handed in; from 2: a correction'),
    at: z.iso.datetime(),
    categories: z.enum(categoryChoices),
    figures: z.array(figureSchema),
    faults: z.array(z.string()).describe('What did not agree then'),
    reason: z.string().nullable().describe('Of a correction; only for keys with `families:details`'),
    byItself: z.boolean().describe('Made by itself, because no working day was left'),
    apiKeyId: z.uuid().nullable(),
  })
  .meta({ id: 'HandedInReport' })

export const reportSchema = z
  .strictObject({
    period: z.string(),
    from: z.iso.date(),
    until: z.iso.date(),
    categories: z.enum(categoryChoices),
    dueOn: z.iso
      .date()
      .describe('The last working day after the quarter and before the 5th, or the last one of the quarter'),
    byItselfOn: z.iso.date().nullable().describe('Made by itself on this day, where no working day is left'),
    figures: z.array(figureSchema).describe('As recorded now, in the territories of the key'),
    identities: z
      .array(
        z.strictObject({
          code: z.string(),
          holds: z.boolean(),
          left: z.int().nullable(),
          right: z.int().nullable(),
        }),
      )
      .describe('What must agree; sums only for keys with `families:details`'),
    handedIn: z
      .array(handedInSchema)
      .describe('Oldest first; empty for a key that is limited to territories'),
    changed: z.array(z.string()).describe('Rows that have changed since they were handed in last'),
  })
  .meta({ id: 'QuarterReport' })

/** Whether small groups are shown: the caller could open their cases. */
export const mayOpen = ({ scopes }: Pick<Caller, 'scopes'>): boolean => scopes.has('families:details')

type To = { deps: ApiDeps; caller: Caller; say: Say }

/** Figures as the caller may see them. */
export const shownTo = (
  caller: Pick<Caller, 'scopes'>,
  { form }: Pick<QuarterReport, 'form'>,
  of: { figures: Figures; choice: QuarterReport['choice'] },
): ReadonlyMap<string, ShownFigure> => (mayOpen(caller) ? of.figures : hideSmall(form, of))

const figuresIn = (shown: ReadonlyMap<string, ShownFigure>, report: QuarterReport, { deps, say }: To) =>
  report.form.tables.flatMap((table) =>
    table.rows.map((given) => {
      const row = nameOfRow(table, given)
      const figure = shown.get(row) ?? null
      const hidden = figure === 'hidden'
      return { row, words: rowWords(say, deps.region.code, row), figure: hidden ? null : figure, hidden }
    }),
  )

export const toHandedIn = (
  handed: HandedIn,
  report: QuarterReport,
  to: To,
): z.output<typeof handedInSchema> => {
  const { number, at, categories, faults, staffId, apiKeyId } = handed
  const figures = shownTo(to.caller, report, { figures: frozen(handed), choice: categories })
  return {
    ...{ number, at: at.toISOString(), categories, faults, apiKeyId },
    figures: figuresIn(figures, report, to),
    reason: mayOpen(to.caller) ? reasonOf(to.deps.sealer, handed) : null,
    byItself: staffId === null && apiKeyId === null,
  }
}

export const toReport = (report: QuarterReport, to: To): z.output<typeof reportSchema> => {
  const { quarter, choice, due, identities, handedIn } = report
  const last = handedIn.at(-1)
  const sums = mayOpen(to.caller)
  const shown = shownTo(to.caller, report, report)
  return {
    ...{ period: quarter.code, from: quarter.from, until: quarter.until, categories: choice },
    ...{ dueOn: due.dueOn, byItselfOn: due.byItselfOn },
    figures: figuresIn(shown, report, to),
    identities: identities.map(({ identity, holds, left, right }) => ({
      ...{ code: identity.code, holds },
      left: sums ? left : null,
      right: sums ? right : null,
    })),
    handedIn: handedIn.map((one) => toHandedIn(one, report, to)),
    // That a hidden figure has changed says what it hides.
    changed: last
      ? changedRows(report.figures, frozen(last)).filter((row) => shown.get(row) !== 'hidden')
      : [],
  }
}
