import type { Say } from '#core/text.ts'
import type { CardBuilder } from '#dialogue/card-builder.ts'
import type { Button } from '#dialogue/view.ts'
import type { WorkSummary } from '#features/worklist/agenda.ts'
import type { StaffRole } from '#storage/staff/staff.ts'

/** What presses, in one line of figures. */
export const workLine = (say: Say, { counts, visitsToday, unmarked }: WorkSummary): string => {
  const parts = [
    ['overdue', counts.overdue],
    ['soon', counts.soon],
    ['unread', counts.unread],
    ['visits', visitsToday],
    ['unmarked', unmarked],
  ] as const
  const line = parts.flatMap(([what, number]) =>
    number > 0 ? [say.t(`worklist.home.${what}`, { number })] : [],
  )
  return line.length > 0 ? line.join(' ') : say.t('worklist.home.calm')
}

/** The home of each role: their own first, then where new work comes from, then the search. */
export const staffRows = (
  { say, link }: CardBuilder,
  { role, families, report }: { role: StaffRole; families: number; report: boolean },
): Button[][] => {
  const visits = link(say.label('staffVisit.buttons.mine'), 'my-visits')
  const find = link(say.label('worklist.buttons.find'), 'find')
  const own = link(say.label('worklist.buttons.families'), 'f-list')
  const queue = link(say.label('home.queue'), 'queue')
  const desk = [link(say.label('console.bot.button'), 'desk')]
  if (role === 'curator') return [[own], [visits, find], desk]
  if (role === 'intake')
    return [
      [link(say.label('worklist.buttons.requests'), 'mine')],
      [queue, find],
      ...(families > 0 ? [[own, visits]] : []),
      desk,
    ]
  return [
    [link(say.label('worklist.buttons.allRequests'), 'mine')],
    [queue, link(say.label('home.caseload'), 'f-list')],
    [find, visits],
    [link(say.label('results.button'), 'results')],
    ...(report ? [[link(say.label('quarterlyReport.bot.button'), 'quarter-report')]] : []),
    [link(say.label('colleagues.button'), 'colleagues'), ...desk],
  ]
}
