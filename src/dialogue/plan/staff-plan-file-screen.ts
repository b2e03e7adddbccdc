import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { defineScreen, type Step, type Turn } from '#dialogue/screen.ts'
import { staffRights } from '#features/families/family-access.ts'
import type { Sheet } from '#features/plan/spreadsheet/cells.ts'
import { type Importer, importPlan, importPlanIn } from '#features/plan/spreadsheet/import-plans.ts'
import { isWorkbook } from '#features/plan/spreadsheet/is-workbook.ts'
import { maxWorkbookBytes, openWorkbook, WorkbookRefused } from '#features/plan/spreadsheet/workbook.ts'
import { planFileView, refusedFileView } from './staff-plan-file-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    'plan-send': z.infer<typeof planSendState>
    'plan-file': z.infer<typeof planFileState>
  }
  interface Links {
    'f-plan-file': 'plan-send'
  }
}

const planSendState = z.object({ problem: z.string().optional() })

/** Asks for a workbook; one that is sent on any other screen is taken as well. */
export const planSendScreen = defineScreen({
  name: 'plan-send',
  state: planSendState,
  aside: true,
  varies: ['problem'],
  links: {
    'f-plan-file': ({ who }) => ({ to: { name: who?.staff?.active ? 'plan-send' : 'home' } }),
  },
  draw: ({ who, say, builder }, { problem }) => {
    if (!who?.staff?.active) throw new DomainError('not-found')
    const head = problem ? `⚠️ ${say.t('planFile.type')}\n\n` : ''
    return builder.card('plan-send', head + say.t('planFile.send'), [])
  },
  file: (_, __, { file }) =>
    isWorkbook(file)
      ? { to: { name: 'plan-file', fileId: file.fileId, size: file.size ?? 0 } }
      : { to: { name: 'plan-send', problem: 'type' } },
})

/** The channel's handle of the workbook, which keeps its bytes. */
const planFileState = z.object({ fileId: z.string().max(300), size: z.number().int().min(0) })

/** What a workbook would change in the plan of the family that it names; it is published on demand, or not. */
export const planFileScreen = defineScreen({
  name: 'plan-file',
  state: planFileState,
  interruptible: false,
  afterCommit: () => ({ name: 'home' }),
  draw: async (turn, state) => {
    const { deps, now, builder } = turn
    const sheets = await sheetsOf(turn, state)
    if ('problem' in sheets) return refusedFileView(builder, sheets.problem)
    const given = { ...sheets, check: true, now, ...importerOf(turn) }
    return planFileView(builder, await importPlan(deps, given))
  },
  tap: (turn, state, tap) => {
    if (tap.action === 'no' || tap.action === 'back') return { to: { name: 'home' } }
    return tap.action === 'yes' ? publish(turn, state) : null
  },
})

type State = z.infer<typeof planFileState>

/** Staff publish plans of the families of which they are in charge. Throws `not-found` for anybody else. */
const importerOf = ({ who, now }: Turn): Importer => {
  const staff = who?.staff
  if (!staff?.active) throw new DomainError('not-found')
  return {
    by: { staffId: staff.id },
    mayPublish: async (tx, family) => (await staffRights(tx, staff, family, { now })).has('charge'),
  }
}

const sheetsOf = async (
  turn: Turn,
  { fileId, size }: State,
): Promise<{ sheets: Sheet[] } | { problem: WorkbookRefused['problem'] }> => {
  importerOf(turn)
  if (size > maxWorkbookBytes) return { problem: 'too-large' }
  try {
    return { sheets: await openWorkbook(await turn.deps.fetchFile(fileId, maxWorkbookBytes)) }
  } catch (error) {
    if (error instanceof WorkbookRefused) return { problem: error.problem }
    throw error
  }
}

const publish = async (turn: Turn, state: State): Promise<Step> => {
  const { deps, now } = turn
  const found = await sheetsOf(turn, state)
  if ('problem' in found) return { to: { name: 'plan-file', ...state } }
  const given = { ...found, check: false, now, ...importerOf(turn) }
  const { lines } = await turn.once((tx) => importPlanIn(tx, deps, given))
  return { to: { name: 'home' }, notice: turn.say.t('planFile.result', { lines: lines.join('\n') }) }
}
