import { z } from 'zod'
import type { Say } from '#core/text.ts'
import type { Register } from '#features/registers/register.ts'
import { registerWords } from '#features/registers/register-words.ts'
import { type RegisterRule, registerCodes } from '#regions/registers/register.ts'
import type { Region } from '#regions/schema.ts'

const code = z.enum(registerCodes)
const clause = z.string().describe("Clause of the region's text; `product`: it names no such register")

export const registerListSchema = z
  .strictObject({
    items: z.array(
      z
        .strictObject({
          code,
          name: z.string(),
          clause,
          rows: z
            .enum(['cases', 'help', 'results', 'territories'])
            .describe(
              'What a row is: an acceptance of a family, which needs the scope `families:read`; a kind of help; a result; a territory',
            ),
        })
        .meta({ id: 'RegisterName' }),
    ),
  })
  .meta({ id: 'RegisterList' })

const value = z.union([z.string(), z.number(), z.array(z.string()), z.null()])

export const registerSchema = z
  .strictObject({
    code,
    name: z.string(),
    clause,
    from: z.iso.date(),
    until: z.iso.date(),
    complete: z.boolean().describe('The period has ended'),
    columns: z
      .array(z.strictObject({ code: z.string(), label: z.string() }))
      .describe('Without those that the key may not read'),
    rows: z.array(
      z
        .strictObject({
          code: z.string().describe('Id of the family, or code of what the row counts'),
          label: z.string(),
          beside: z.boolean().describe("Counted beside what the region's text names"),
          cells: z
            .record(z.string(), value)
            .describe('By code of the column: a figure, a day, a code or codes'),
          hidden: z
            .array(z.string())
            .describe('Columns that are null because fewer than five families stand behind the figure'),
        })
        .meta({ id: 'RegisterRow' }),
    ),
  })
  .meta({ id: 'Register' })

export const figureSchema = z
  .strictObject({
    items: z.array(z.strictObject({ id: z.uuid(), number: z.int(), territory: z.string() })),
  })
  .meta({ id: 'FigureFamilies' })

export const toRegister = (
  say: Say,
  region: Pick<Region, 'code'>,
  rule: RegisterRule,
  { columns, rows, ...register }: Register,
): z.output<typeof registerSchema> => {
  const words = registerWords(say, region, rule)
  const number = ({ cells }: Register['rows'][number]) => String(cells.number ?? '')
  return {
    ...register,
    name: words.name,
    columns: columns.map((one) => ({ code: one, label: words.column(one) })),
    rows: rows.map(({ cells, ...row }) => ({
      ...row,
      label: rule.rows === 'cases' ? number({ ...row, cells }) : words.row(row.code),
      cells: Object.fromEntries(
        Object.entries(cells).map(([column, of]) => [column, Array.isArray(of) ? [...of] : of]),
      ) as Record<string, z.output<typeof value>>,
    })),
  }
}

export const toRegisterList = (
  say: Say,
  region: Pick<Region, 'code' | 'registers'>,
): z.output<typeof registerListSchema> => ({
  items: region.registers.map((rule) => ({
    code: rule.code,
    name: registerWords(say, region, rule).name,
    clause: rule.clause,
    rows: rule.rows,
  })),
})
