import { z } from 'zod'
import { editedOf } from '#features/plan/edit/edited-plan.ts'
import { keepEdited, planToEdit } from '#features/plan/edit/plan-editing.ts'
import { namesOfMinors, planForStaff } from '#features/plan/plan-for-staff.ts'
import type { Sheet } from '#features/plan/spreadsheet/cells.ts'
import { planFromSheets } from '#features/plan/spreadsheet/import-plans.ts'
import { planTemplate } from '#features/plan/spreadsheet/sheet-template.ts'
import { openWorkbook, WorkbookRefused } from '#features/plan/spreadsheet/workbook.ts'
import { html } from '#http/markup.ts'
import { formTo } from '../form-markup.ts'
import { ask, type Console, download, page } from '../routes.ts'
import type { Page, Visit } from '../visit.ts'
import { planners } from './edit-routes.ts'
import { planPath } from './plan-words.ts'

const params = z.object({ id: z.uuid() })
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** The plan as a workbook, and back: what is uploaded becomes a draft, which is compared and published as any other. */
export const registerPlanFiles = (console: Console): void => {
  const { deps } = console
  const path = '/console/families/:id/plan' as const

  const asPage = async (visit: Visit, familyId: string, wrong: readonly string[]): Promise<Page> => {
    const { staff, now } = visit
    const editing = await deps.database.transaction((tx) => planToEdit(tx, deps, { staff, familyId, now }))
    return filePage(visit, { ...editing.family, isDraft: editing.isDraft, wrong })
  }

  page(console, `${path}/file`, { for: planners, params }, ({ params: { id }, ...visit }) =>
    asPage(visit, id, []),
  )

  ask(console, `${path}/file`, { for: planners, params }, async ({ params: { id: familyId }, ...visit }) => {
    const { staff, now, upload } = visit
    const asked = { staff, familyId, now }
    const sheets = await sheetsOf(upload)
    const lines = await deps.database.transaction(async (tx): Promise<string[]> => {
      const { plan } = await planToEdit(tx, deps, asked)
      if (typeof sheets === 'string') return [visit.say.label(`planFile.refused.${sheets}`)]
      const mayPublish = async (_: unknown, family: { id: string }) => family.id === familyId
      const read = await planFromSheets(tx, deps, { sheets, now, mayPublish })
      if ('lines' in read) return read.lines
      await keepEdited(tx, deps, { ...asked, edited: editedOf(read.document, plan?.version ?? 0) })
      return []
    })
    return lines.length > 0 ? asPage(visit, familyId, lines) : { to: `${planPath(familyId)}/check` }
  })

  download(
    console,
    `${path}/workbook`,
    { for: planners, params, confirmed: true },
    async ({ params: { id: familyId }, staff, now, say }) => {
      const { family, plan, names } = await deps.database.transaction(async (tx) => {
        const found = await planForStaff(tx, deps, { staff, familyId, now })
        return { ...found, names: await namesOfMinors(tx, deps, { staff, familyId, now }) }
      })
      const filled = plan && { number: family.number, document: plan.document, names }
      const name = say.label('consolePlan.workbookName', { number: family.number })
      return { name: `${name}.xlsx`, type: xlsx, content: await planTemplate(say, filled ?? undefined) }
    },
  )
}

const sheetsOf = async (upload: Uint8Array | undefined): Promise<Sheet[] | WorkbookRefused['problem']> => {
  if (!upload) return 'not-a-workbook'
  try {
    return await openWorkbook(upload)
  } catch (error) {
    if (error instanceof WorkbookRefused) return error.problem
    throw error
  }
}

const filePage = (
  visit: Visit,
  { id, number, isDraft, wrong }: { id: string; number: number; isDraft: boolean; wrong: readonly string[] },
): Page => {
  const { say } = visit
  const title = say.label('consolePlan.fileTitle', { number })
  const problems =
    wrong.length > 0 &&
    html`<div class="faults" role="alert"><p><b>${say.label('consolePlan.fileWrong')}</b></p><ul>${wrong.map((one) => html`<li>${one}</li>`)}</ul></div>`
  const inside = html`<label>${say.label('consolePlan.fileField')}<input type="file" name="file" accept=".xlsx" required></label>
${isDraft && html`<p>${say.label('consolePlan.fileReplaces')}</p>`}
<div class="actions"><button>${say.label('consolePlan.fileSend')}</button><a class="next" href="${planPath(id)}/workbook" download>${say.label('consolePlan.download')}</a></div>`
  const body = html`<p><a href="${planPath(id)}">${say.label('consolePlan.title', { number })}</a></p><h1>${title}</h1>${problems}
<section><p>${say.label('consolePlan.fileAbout')}</p>${formTo(visit, `${planPath(id)}/file`, inside, { enctype: 'multipart/form-data' })}</section>`
  return { title, section: 'families', body, place: `families/${id}` }
}
