import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { dayAt } from '#features/deadlines/deadlines.ts'
import { openFigure } from '#features/registers/open-figure.ts'
import { findRegister, openRegister } from '#features/registers/open-register.ts'
import { type Period, periodProblem } from '#features/registers/periods.ts'
import { registerPdf } from '#features/registers/register-pdf.ts'
import { registerWords } from '#features/registers/register-words.ts'
import { registerWorkbook, sheetOf } from '#features/registers/register-workbook.ts'
import { registerReader } from '#features/registers/registers-for-staff.ts'
import { quarterOn } from '#features/reports/quarters.ts'
import { html } from '#http/markup.ts'
import { registerCodes } from '#regions/registers/register.ts'
import { type Console, download, page } from '../routes.ts'
import type { Visit } from '../visit.ts'
import { familyRows } from './family-rows.ts'
import { reportPaths } from './paths.ts'
import { registerPage } from './register-page.ts'

const supervisors = ['supervisor'] as const
const params = z.object({ register: z.enum(registerCodes) })
const days = z.object({ from: z.iso.date(), until: z.iso.date() })
const part = z
  .string()
  .max(64)
  .regex(/^[a-z]+(-[a-z0-9]+)*$/)
const familiesShown = 100
const types = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pdf: 'application/pdf',
} as const

type Asked = Visit & { params: z.output<typeof params>; query: Partial<Period> }

/** The registers that the region's text tells to keep. Every look is audited. */
export const registerRegisters = (console: Console): void => {
  const { deps } = console
  const path = '/console/reports/registers/:register' as const

  /** The period that was asked for, or the running quarter where there is no such period. */
  const periodOf = ({ query: { from, until }, now }: Asked): Period => {
    const today = dayAt(now, deps.region.timeZone).toString()
    const asked = from !== undefined && until !== undefined ? { from, until } : null
    if (asked && periodProblem(asked, today) === null) return asked
    const quarter = quarterOn(today)
    return { from: quarter.from, until: quarter.until }
  }
  const opened = async (visit: Asked) => {
    const { staff, now, params } = visit
    const caller = await registerReader(deps, staff)
    const rule = findRegister(deps.region, params.register)
    const asked = { caller, code: rule.code, ...periodOf(visit), now }
    return { rule, register: await deps.database.transaction((tx) => openRegister(tx, deps, asked)) }
  }

  page(
    console,
    path,
    { for: supervisors, params, query: days.extend({ page: z.coerce.number().int().min(1).max(1000) }) },
    async (visit) => registerPage(visit, { ...(await opened(visit)), page: (visit.query.page ?? 1) - 1 }),
  )

  page(
    console,
    `${path}/families`,
    { for: supervisors, params, query: days.extend({ row: part, column: part }) },
    async (visit) => {
      const { say, staff, now, params, query } = visit
      const { row, column } = query
      if (row === undefined || column === undefined) throw new DomainError('not-found')
      const caller = await registerReader(deps, staff)
      const rule = findRegister(deps.region, params.register)
      const period = periodOf(visit)
      const families = await deps.database.transaction((tx) =>
        openFigure(tx, deps, { caller, code: rule.code, ...period, row, column, now }),
      )
      const words = registerWords(say, deps.region, rule)
      const title = `${words.row(row)}: ${words.column(column)}`
      const more = families.length - familiesShown
      const body = html`<h1>${title}</h1><p>${words.name} · <a href="${reportPaths.register(rule.code, period)}">${say.label('consoleReports.back')}</a></p>
<section>${familyRows(visit, families.slice(0, familiesShown))}${more > 0 && html`<p class="note">${say.label('consoleReports.more', { count: more })}</p>`}</section>
<p class="note">${say.label('consoleReports.audited')}</p>`
      return { title, section: 'reports', body }
    },
  )

  download(
    console,
    `${path}/file/:kind`,
    {
      for: supervisors,
      params: params.extend({ kind: z.enum(['xlsx', 'pdf']) }),
      query: days,
      confirmed: true,
    },
    async (visit) => {
      const { say, now, params } = visit
      const { rule, register } = await opened(visit)
      const sheet = sheetOf(say, deps.region, rule, register)
      const families = rule.rows === 'cases' ? rule.columns : null
      const around = { say, organisation: deps.organisation().name, madeAt: now, families }
      const content = params.kind === 'pdf' ? await registerPdf(sheet, around) : await registerWorkbook(sheet)
      const name = `${sheet.title} ${register.from} – ${register.until}`
      return { name: `${name}.${params.kind}`, type: types[params.kind], content }
    },
  )
}
