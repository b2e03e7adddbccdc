import { z } from 'zod'
import { toPng } from '#core/png.ts'
import { registerByMonth } from '#features/registers/by-month.ts'
import { registerPicture } from '#features/registers/register-picture.ts'
import { readableColumns } from '#features/registers/case-register.ts'
import { openFigure } from '#features/registers/open-figure.ts'
import { findRegister, mayOpenFamilies, openRegister, opennessOf } from '#features/registers/open-register.ts'
import { registerPdf } from '#features/registers/register-pdf.ts'
import { registerWorkbook, sheetOf } from '#features/registers/register-workbook.ts'
import type { Caller } from '#features/staff/api-keys.ts'
import { type RegisterRule, registerCodes } from '#regions/registers/register.ts'
import { isoDay } from '../iso-day.ts'
import { HttpProblem } from '../problems.ts'
import { type Api, type Call, readRoute } from '../staff-route.ts'
import {
  figureSchema,
  registerListSchema,
  registerSchema,
  toRegister,
  toRegisterList,
} from './register-schemas.ts'

const code = z
  .string()
  .max(64)
  .regex(/^[a-z]+(-[a-z0-9]+)*$/)
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const pdf = 'application/pdf'
const params = z.strictObject({ register: z.enum(registerCodes) })
const days = {
  from: isoDay.describe('First day, not in the future'),
  until: isoDay.describe('Last day; a year after `from` at most'),
}
const inOrder = ({ from, until }: { from: string; until: string }) => from <= until
const outOfOrder = { path: ['until'], message: 'must not be before `from`' }
const query = z.strictObject(days).refine(inOrder, outOfOrder)

const reading =
  'Only of families that the key reaches. Names, categories and circumstances need `families:details`, curators `staff:read`: without ' +
  'it such columns are left out. A register of single families needs `families:read`. A key that may not open the families behind the ' +
  'figures (`families:read` with `plans:read` for help, with `families:details` otherwise) sees no figure of fewer than five of them, and ' +
  'asks for a quarter of a year that is over. Every call is audited as `register.opened`, and each family that is named.'

export const serveRegisters = (api: Api): void => {
  readRoute(
    api,
    'GET /registers',
    'reports:read',
    {
      operationId: 'listRegisters',
      tag: 'Reports',
      summary: "Lists the registers that the region's text tells to keep",
      answer: registerListSchema,
      localized: true,
    },
    async ({ deps: { region }, say }) => ({ body: toRegisterList(say, region) }),
  )

  readRoute(
    api,
    'GET /registers/:register',
    'reports:read',
    {
      operationId: 'getRegister',
      tag: 'Reports',
      summary: 'Returns a register for a period',
      description: reading,
      params,
      query,
      answer: registerSchema,
      localized: true,
      audited: true,
    },
    async (call) => {
      const { rule, register } = await opened(call)
      return { body: toRegister(call.say, call.deps.region, rule, register) }
    },
  )

  readRoute(
    api,
    'GET /registers/:register.xlsx',
    'reports:read',
    {
      operationId: 'getRegisterWorkbook',
      tag: 'Reports',
      summary: 'Returns a register for a period as a workbook',
      description: `Laid out as the register is kept: its name, the period, numbered rows. ${reading}`,
      params,
      query,
      media: [xlsx],
      localized: true,
      audited: true,
    },
    async (call) => {
      const { rule, register } = await opened(call)
      const content = await registerWorkbook(sheetOf(call.say, call.deps.region, rule, register))
      return { body: undefined, file: { type: xlsx, content } }
    },
  )

  readRoute(
    api,
    'GET /registers/:register.pdf',
    'reports:read',
    {
      operationId: 'getRegisterPdf',
      tag: 'Reports',
      summary: 'Returns a register for a period as a PDF',
      description: `On A4 pages on their side; of single families a row for each, with several columns in one. ${reading}`,
      params,
      query,
      media: [pdf],
      localized: true,
      audited: true,
    },
    async (call) => {
      const { say, deps, now } = call
      const { rule, register } = await opened(call)
      const families = rule.rows === 'cases' ? readableColumns(rule, opennessOf(call.caller)) : null
      const around = { say, organisation: deps.organisation().name, madeAt: now, families }
      const content = await registerPdf(sheetOf(say, deps.region, rule, register), around)
      return { body: undefined, file: { type: pdf, content } }
    },
  )

  readRoute(
    api,
    'GET /registers/:register/picture',
    'reports:read',
    {
      operationId: 'getRegisterPicture',
      tag: 'Reports',
      summary: 'Draws what a register counts in each month of a period',
      description:
        'A chart for each kind of help, result or territory; of single families how many there were, came and left. As SVG without ' +
        `scripts or styles, or as PNG. A line is hidden if one of its months would be. ${reading}`,
      params,
      query: z
        .strictObject({ ...days, format: z.enum(['svg', 'png']).default('svg') })
        .refine(inOrder, outOfOrder),
      media: ['image/svg+xml', 'image/png'],
      localized: true,
      audited: true,
    },
    async ({ deps, caller, params: { register: code }, query: { format, ...period }, say, now }) => {
      mustRead(caller, findRegister(deps.region, code))
      const months = await deps.database.transaction((tx) =>
        registerByMonth(tx, deps, { caller, code, ...period, now }),
      )
      const svg = await registerPicture(months, { say, region: deps.region })
      const file =
        format === 'png'
          ? { type: 'image/png', content: await toPng(svg) }
          : { type: 'image/svg+xml', content: svg }
      return { body: undefined, file }
    },
  )
  serveFigure(api)
}

const serveFigure = (api: Api): void =>
  readRoute(
    api,
    'GET /registers/:register/families',
    'families:read',
    {
      operationId: 'listFamiliesOfFigure',
      tag: 'Reports',
      summary: 'Lists the families behind a figure of a register',
      description:
        'By row and column of `getRegister`. Only families that the key reaches. What it tells of them needs `plans:read` for help, ' +
        '`families:details` otherwise. Audited as `register.opened`, and for each family.',
      params,
      query: z.strictObject({ ...days, row: code, column: code }).refine(inOrder, outOfOrder),
      answer: figureSchema,
      audited: true,
    },
    async ({ deps, caller, params: { register }, query: asked, now }) => {
      mustOpen(caller, findRegister(deps.region, register))
      const items = await deps.database.transaction((tx) =>
        openFigure(tx, deps, { caller, code: register, ...asked, now }),
      )
      return { body: { items } }
    },
  )

const opened = async ({
  deps,
  caller,
  params: { register: code },
  query: period,
  now,
}: Call<typeof params, typeof query, z.ZodUndefined>) => {
  const rule = findRegister(deps.region, code)
  mustRead(caller, rule)
  const register = await deps.database.transaction((tx) =>
    openRegister(tx, deps, { caller, code, ...period, now }),
  )
  return { rule, register }
}

const mustRead = (caller: Caller, rule: RegisterRule): void => {
  if (rule.rows === 'cases') mustOpen(caller, rule)
}

const mustOpen = (caller: Caller, rule: RegisterRule): void => {
  if (!mayOpenFamilies(caller, rule)) throw new HttpProblem('scope-missing')
}
