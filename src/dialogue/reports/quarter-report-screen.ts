import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { sha256 } from '#core/ids.ts'
import { countCharacters } from '#core/words.ts'
import { defineScreen, type Step, type Turn } from '#dialogue/screen.ts'
import type { Attachment } from '#dialogue/view.ts'
import { reportPdf } from '#features/reports/export/report-pdf.ts'
import {
  correctByStaff,
  handInByStaff,
  isPeriod,
  reportForStaff,
  seesToReport,
  type StaffReport,
} from '#features/reports/report-for-staff.ts'
import { reportLines } from '#features/reports/report-lines.ts'
import { paperOf, quarterWords } from '#features/reports/report-paper.ts'
import { categoryChoices } from '#regions/reports/report-form.ts'
import { partWords } from './part-words.ts'
import { handInView, quarterReportView } from './quarter-report-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    'quarter-report': z.infer<typeof reportState>
  }
  interface Links {
    'quarter-report': 'quarter-report'
  }
}

/** As over the API. */
const longestReason = 500

const reportState = z.object({
  period: z.string().max(10).optional(),
  categories: z.enum(categoryChoices).optional(),
  /** What is to be confirmed: the report, or a correction of it, by a reason in words. */
  asking: z.enum(['hand-in', 'correct']).optional(),
  /** The figures that were shown when it was asked. */
  seen: z.string().max(16).optional(),
  problem: z.string().optional(),
})
type State = z.infer<typeof reportState>

/** «Отчёт за квартал»: what is counted, what does not agree, what has changed since, and handing it in. */
export const quarterReportScreen = defineScreen({
  name: 'quarter-report',
  state: reportState,
  aside: true,
  varies: ['problem'],
  links: {
    'quarter-report': ({ deps, who }, period) => {
      if (period !== '' && !isPeriod(period)) return null
      if (!seesToReport(who?.staff, deps.region)) return { to: { name: 'home' } }
      return { to: { name: 'quarter-report', ...(period !== '' && { period }) } }
    },
  },
  afterCommit: (_, { period }) => ({ name: 'quarter-report', period }),
  draw: async (turn, state) => {
    const { builder, deps, say } = turn
    const found = await reportOf(turn, state)
    const lines = reportLines(say, deps.region, found)
    const part = partWords(say, deps.region.code, found)
    const facts = { found, lines, part, problem: state.problem ?? null }
    return state.asking ? handInView(builder, facts, state.asking) : quarterReportView(builder, facts)
  },
  tap: async (turn, state, { action, arg }) => {
    const { period, categories, asking } = state
    const card = { name: 'quarter-report' as const, period, categories }
    if (action === 'back') return asking ? { to: card } : null
    if (action === 'set') return isPeriod(arg) ? { to: { ...card, period: arg } } : null
    if (action === 'change') {
      const choice = categoryChoices.find((one) => one === arg)
      return choice ? { to: { ...card, categories: choice } } : null
    }
    if (action === 'file') return onPaper(turn, card)
    if (action === 'submit' || action === 'write') {
      const { seen } = await reportOf(turn, state)
      return { to: { ...card, asking: action === 'submit' ? 'hand-in' : 'correct', seen } }
    }
    return action === 'yes' && asking === 'hand-in' ? handedIn(turn, state) : null
  },
  words: async (turn, state, text) => {
    if (state.asking !== 'correct') return null
    const { asking, period, categories, seen } = state
    if (countCharacters(text) > longestReason)
      return { to: { name: 'quarter-report', asking, period, categories, seen, problem: 'reason-too-long' } }
    return corrected(turn, state, text)
  },
})

const reportOf = ({ deps, who, now }: Turn, { period, categories: choice }: State): Promise<StaffReport> =>
  reportForStaff(deps, { staff: who?.staff, period, choice, now })

/** The report as it was shown, or the step that shows how it has changed since. */
const asSeen = async (turn: Turn, state: State): Promise<{ found: StaffReport } | { again: Step }> => {
  const found = await reportOf(turn, state)
  if (found.seen === state.seen) return { found }
  const { period, categories, asking } = state
  const to = { name: 'quarter-report' as const, period, categories, asking, seen: found.seen }
  return { again: { to, notice: turn.say.t('quarterlyReport.bot.moved') } }
}

const handedIn = async (turn: Turn, state: State): Promise<Step> => {
  const { deps, who, now, say } = turn
  const shown = await asSeen(turn, state)
  if ('again' in shown) return shown.again
  const { found } = shown
  const staff = who?.staff
  if (!staff) throw new DomainError('not-found')
  await turn.once((tx) => handInByStaff(tx, deps, { found, staff, now }))
  const { quarter } = found.report
  const done = found.part && !found.part.whole ? 'part.doneMine' : 'done'
  const notice = say.t(`quarterlyReport.bot.${done}`, { period: quarterWords(say, quarter) })
  return { to: { name: 'quarter-report', period: quarter.code }, notice }
}

const corrected = async (turn: Turn, state: State, reason: string): Promise<Step> => {
  const { deps, who, now, say } = turn
  const shown = await asSeen(turn, state)
  if ('again' in shown) return shown.again
  const { found } = shown
  const staff = who?.staff
  if (!staff) throw new DomainError('not-found')
  const { number } = await turn.once((tx) => correctByStaff(tx, deps, { found, staff, reason, now }))
  const notice = say.t('quarterlyReport.bot.correctedNow', { number })
  return { to: { name: 'quarter-report', period: found.report.quarter.code }, notice }
}

/** The whole report as a PDF, as it is counted now. */
const onPaper = async (turn: Turn, to: Step['to']): Promise<Step> => {
  const { deps, say, now } = turn
  const { report, part } = await reportOf(turn, to as State)
  if (part) throw new DomainError('not-found')
  const { form, quarter, choice, figures, identities } = report
  const faults = identities.filter(({ holds }) => !holds).map(({ identity }) => identity.code)
  const sheet = { form, quarter, choice, figures, faults, handedIn: null }
  const paper = paperOf(sheet, { say, region: deps.region, organisation: deps.organisation.name })
  const attachment: Attachment = {
    key: `report-pdf.${sha256(JSON.stringify(paper))}`,
    fileName: say.label('quarterlyReport.bot.fileName', { period: quarter.code }),
    content: () => reportPdf(paper, { say, madeAt: now }),
  }
  return { to, attachment, fresh: true }
}
