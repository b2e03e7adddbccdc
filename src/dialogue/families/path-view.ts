import { formatDay, formatDayUntil } from '#core/dates.ts'
import { escapeHtml, type Say } from '#core/text.ts'
import type { View } from '#dialogue/view.ts'
import type { Path, PathDeadline, PathStage, TimeLeft } from '#features/families/path.ts'
import type { FamilyPath } from '#features/families/path-for-member.ts'
import type { Region } from '#regions/schema.ts'
import { type CardBuilder, paragraphs } from '../card-builder.ts'
import { optionLabel } from '../intake/option-label-view.ts'

type When = { region: Region; now: Date }

export type PathFacts = When &
  FamilyPath & {
    /** The centre's contact for questions and complaints. */
    contact: string
    /** There is an open request besides, or a specialist's message about one. */
    request: { open: boolean; written: boolean }
    /** What was decided about the request that the family came from, while that is news. */
    agreed?: string
  }

/** The family's path: done, current and next stages with their deadlines, who is responsible, and how to complain. */
export const pathView = (builder: CardBuilder, facts: PathFacts): View => {
  const { family, curator, path, contact, request, region, now, agreed } = facts
  const { say, link } = builder
  const closed = family.closedAt
  const html = paragraphs(
    agreed,
    say.t('status.path.title', { number: family.number }),
    stageLines(say, path, facts),
    path.deadline && deadlineLine(say, path.deadline, facts),
    path.deadline?.byDefault && say.t('status.path.defaultTerm'),
    closed && say.t('status.path.closed', { day: formatDay(say, momentOf(closed, { region, now })) }),
    !closed &&
      (curator
        ? say.t('status.path.curator', { name: curator.name, role: say.label(`staff.roles.${curator.role}`) })
        : say.t('status.path.noCurator')),
    say.t('status.path.complain', { contact }),
  )
  return builder.card('status', html, [
    ...(closed ? [] : [[link(say.label('home.messages'), 'messages', family.id)]]),
    ...(request.open ? [[link(say.label('home.status'), 'status')]] : []),
    ...(request.written ? [[link(say.label('talk.read'), 'talk')]] : []),
    ...(closed && !request.open ? [[link(say.label('home.ask'), 'ask')]] : []),
  ])
}

/** A line per stage: «✓ Заявление принято – 24 ноября», «▶ Совет специалистов – с 25 ноября», then the coming ones. */
export const stageLines = (say: Say, { stages }: Path, when: When): string =>
  stages.map((stage) => lineOf(say, stage, when)).join('\n')

const lineOf = (say: Say, stage: PathStage, { region, now }: When): string => {
  const name = escapeHtml(optionLabel(say, region.code, 'stages', stage.code))
  const day = (at: Date) => formatDay(say, momentOf(at, { region, now }))
  if (stage.state === 'next') return `○ ${name}`
  if (stage.state === 'done') return stage.at ? `✓ ${name} – ${day(stage.at)}` : `✓ ${name}`
  const since = stage.since && say.t('status.path.since', { day: day(stage.since) })
  return `▶ <b>${name}</b>${since ? ` – ${since}` : ''}`
}

const deadlineLine = (say: Say, deadline: PathDeadline, { region, now, contact }: PathFacts): string => {
  const what = say.label(`regions.shared.deadlines.${deadline.code}`)
  const until = formatDayUntil(say, momentOf(deadline.due.instant, { region, now }))
  return deadline.overdue
    ? say.t('status.path.overdue', { what, until, contact })
    : say.t('status.path.deadline', { what, until, left: leftInWords(say, deadline) })
}

/** «, осталось 3 рабочих дня», after the day; empty if only days off are left. */
export const leftInWords = (say: Say, { daysLeft, lastDay }: TimeLeft): string => {
  if (lastDay) return `, ${say.label('status.path.lastDay')}`
  return daysLeft === 0 ? '' : `, ${say.label('status.path.left', { count: daysLeft })}`
}

const momentOf = (instant: Date, { region, now }: When) => ({ instant, timeZone: region.timeZone, now })
