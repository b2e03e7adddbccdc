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
    /** They are asked whether the curator suits them. */
    aboutCurator: boolean
    /** All stages, rather than where it stands. */
    all: boolean
  }

/** Where the family's path stands: now, next, by when; who is responsible, and how to complain. */
export const pathView = (builder: CardBuilder, facts: PathFacts): View => {
  const { family, curator, path, contact, request, region, now, agreed, all } = facts
  const { say, link, button } = builder
  if (all) return allStagesView(builder, path, facts)
  const closed = family.closedAt
  const html = paragraphs(
    agreed,
    say.t('status.path.title', { number: family.number }),
    placeLines(say, path, facts),
    closed && say.t('status.path.closed', { day: formatDay(say, momentOf(closed, { region, now })) }),
    !closed && curatorLine(say, curator),
    say.t('status.path.complain', { contact }),
  )
  return builder.card('status', html, [
    ...(facts.aboutCurator ? [[link(say.label('ourCurator.button'), 'our-curator', family.id)]] : []),
    ...(closed ? [] : [[link(say.label('home.messages'), 'messages', family.id)]]),
    [button(say.label('status.allButton'), 'full')],
    ...(request.open ? [[link(say.label('home.status'), 'status')]] : []),
    ...(request.written ? [[link(say.label('talk.read'), 'talk')]] : []),
    ...(closed && !request.open ? [[link(say.label('home.ask'), 'ask')]] : []),
  ])
}

/** Who is responsible; and who reads while they are away. */
const curatorLine = (say: Say, curator: FamilyPath['curator']): string => {
  if (!curator) return say.t('status.path.noCurator')
  const line = say.t('status.path.curator', {
    name: curator.name,
    role: say.label(`staff.roles.${curator.role}`),
  })
  return curator.away ? `${line} ${say.t('status.path.curatorAway')}` : line
}

/** Three lines: where it stands, what comes next, by when. */
const placeLines = (say: Say, path: Path, facts: PathFacts): string => {
  const now = path.stages.find(({ state }) => state === 'now')
  const next = path.stages.find(({ state }) => state === 'next')
  const since = now?.state === 'now' && now.since
  return [
    now &&
      say.t(since ? 'status.path.nowSince' : 'status.path.now', {
        stage: stageName(say, now, facts),
        day: since ? formatDay(say, momentOf(since, facts)) : '',
      }),
    next && say.t('status.path.next', { stage: stageName(say, next, facts) }),
    path.deadline && deadlineLine(say, path.deadline, facts),
  ]
    .filter(Boolean)
    .join('\n')
}

/** All stages of a path, a line each, behind a button: «✓ Обращение принято – 24 ноября», «▶ …», then the coming ones. */
export const allStagesView = (builder: CardBuilder, { stages }: Path, when: When): View =>
  builder.card(
    'status',
    paragraphs(
      builder.say.t('status.all'),
      stages.map((stage) => lineOf(builder.say, stage, when)).join('\n'),
      builder.say.t('status.home'),
    ),
    [],
  )

const lineOf = (say: Say, stage: PathStage, when: When): string => {
  const name = stageName(say, stage, when)
  const day = (at: Date) => formatDay(say, momentOf(at, when))
  if (stage.state === 'next') return `○ ${name}`
  if (stage.state === 'done') return stage.at ? `✓ ${name} – ${day(stage.at)}` : `✓ ${name}`
  const since = stage.since && say.t('status.path.since', { day: day(stage.since) })
  return `▶ <b>${name}</b>${since ? ` – ${since}` : ''}`
}

/** A stage in the family's words, which are not the regulation's. */
const stageName = (say: Say, { code }: PathStage, { region }: When): string =>
  escapeHtml(optionLabel(say, region.code, 'steps', code))

const deadlineLine = (
  say: Say,
  deadline: PathDeadline,
  { region, now, contact }: When & { contact: string },
): string => {
  const what = optionLabel(say, region.code, 'deadlines', deadline.code)
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
