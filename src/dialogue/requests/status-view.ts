import { formatDay, formatDayUntil } from '#core/dates.ts'
import { type CardBuilder, paragraphs } from '#dialogue/card-builder.ts'
import { leftInWords, stageLines } from '#dialogue/families/path-view.ts'
import type { RequestForMember } from '#features/requests/request-for-member.ts'
import type { Region } from '#regions/schema.ts'
import type { View } from '../view.ts'

export type StatusFacts = {
  request: RequestForMember | null
  /** The reader's family, which has a path of its own. */
  family: string | null
  just?: 'submitted' | 'noted' | 'withdrawn'
  region: Region
  /** The centre's contact outside of the bot. */
  contact: string
  now: Date
}

/** The family's request: what is done, what comes next and by when, how to withdraw. */
export const statusView = (
  builder: CardBuilder,
  { request, family, just, region, now, contact }: StatusFacts,
): View => {
  const { say, button, link } = builder
  if (!request) {
    return builder.card('status', say.t('status.none'), [[link(say.label('home.ask'), 'ask')]])
  }
  const moment = (instant: Date) => ({ instant, timeZone: region.timeZone, now })
  const { number, status, specialist, kind } = request
  const open = status === 'submitted' || status === 'claimed'
  const html = paragraphs(
    just && say.t(`status.just.${just}`),
    say.t(`status.${kind}`, { number, date: formatDay(say, moment(request.submittedAt)) }),
    say.t(`status.now.${status}`, {
      name: specialist?.name ?? '',
      role: specialist ? say.label(`staff.roles.${specialist.role}`) : '',
    }),
    request.urgent && open && say.t('status.urgent'),
    open && stageLines(say, request.path, { region, now }),
    open &&
      now <= request.dueAt &&
      say.t('status.next', {
        until: formatDayUntil(say, moment(request.dueAt)),
        left: leftInWords(say, request.left),
      }),
    open &&
      now > request.dueAt &&
      say.t('status.overdue', { until: formatDayUntil(say, moment(request.dueAt)), contact }),
    open && (region.nextStep.source === 'default' || kind === 'message') && say.t('status.defaultTerm'),
    open && say.t('status.mind'),
  )
  const talk = [
    ...(family === null ? [] : [[link(say.label('status.toPath'), 'status', family)]]),
    ...(request.written ? [[link(say.label('talk.read'), 'talk')]] : []),
  ]
  const rows = open
    ? [
        ...talk,
        [button(say.label('status.noteButton'), 'note')],
        [button(say.label('status.withdrawButton'), 'withdraw')],
      ]
    : [...talk, [link(say.label('home.ask'), 'ask')]]
  return builder.card('status', html, rows)
}
