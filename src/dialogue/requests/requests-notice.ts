import { formatDayOn, formatTime } from '#core/dates.ts'
import { DomainError } from '#core/errors.ts'
import { caseForStaff, isWaitingFor } from '#features/requests/cases.ts'
import { type FamilyNoticeKind, isSilenced, noticeDelayedUntil } from '#features/requests/family-notice.ts'
import { auditFlags } from '#features/requests/request-flags.ts'
import { isCheckOpen } from '#features/requests/safety-check.ts'
import { isChangeNews } from '#features/routing/reader-change.ts'
import type { Payload } from '#queue/queues.ts'
import { personOf } from '#storage/people.ts'
import { openPromiseOf } from '#storage/promises/promises.ts'
import { ownDuplicatesOf } from '#storage/requests/duplicates.ts'
import { hiddenFromInRequest } from '#storage/requests/request-events.ts'
import { findRequest, type Request } from '#storage/requests/requests.ts'
import { findStaff } from '#storage/staff/staff.ts'
import { createCardBuilder } from '../card-builder.ts'
import type { DialogueDeps } from '../screen.ts'
import type { View } from '../view.ts'
import { caseView } from './staff-case-view.ts'

export type Notice = { account: string; view: View }
type Deps = Pick<DialogueDeps, 'database' | 'sealer' | 'texts' | 'region' | 'clock'>

/**
 * The current card of a request for one member of staff; null if they may not see it (any more). A `fresh` card, which
 * they have not received yet, only while the request waits for them.
 */
export const staffCardNotice = async (
  deps: Deps,
  requestId: string,
  staffId: string,
  { fresh = false }: { fresh?: boolean } = {},
): Promise<Notice | null> => {
  const reader = await readerOf(deps, staffId)
  if (!reader) return null
  const { database, sealer, region, clock } = deps
  const now = clock.now()
  const request = await caseForStaff(database, sealer, reader.staff, requestId, now).catch(nothingFound)
  if (!request || (fresh && !isWaitingFor(request, reader.staff))) return null
  await auditFlags(database, { requests: [request], staffId, now })
  return {
    account: reader.account,
    view: caseView(reader.builder, { request, region, now, staffId }),
  }
}

/** A change that the family made to its request: one line and a link, nothing of its content. */
export const staffNewsNotice = async (
  deps: Deps,
  requestId: string,
  staffId: string,
  { news, polite }: Pick<Payload<'staff-news'>, 'news' | 'polite'>,
): Promise<Notice | null> => {
  const reader = await readerOf(deps, staffId)
  const request = reader && (await findRequest(deps.database, requestId))
  if (!reader || !request) return null
  // Words about them came while this waited: whoever does not have it learns nothing more of it.
  const kept = await hiddenFromInRequest(deps.database, requestId)
  if (request.assignedToId !== staffId && kept.includes(staffId)) return null
  if (news === 'late') return lateNotice(deps, reader, request)
  const { say, link } = reader.builder
  // «Спасибо» is no alarm.
  const isNote = (news === 'note' && !polite) || news === 'note-apart'
  const check = news === 'withdrawn' && isCheckOpen(request)
  const page = check
    ? link(say.label('case.open'), 'card', requestId)
    : link(say.label('case.story'), 'story', requestId)
  // What is urgent, and what came back to be checked, asks for a call.
  const contact =
    (isNote && request.urgent && isOpen(request)) || check || news === 'hidden-alarm'
      ? [link(say.label('case.contact'), 'contact', requestId)]
      : []
  const rows = news === 'withdrawn' && !check ? [] : [[page, ...contact]]
  const urgent = isNote && request.urgent ? `${say.t('case.news.urgent')} ` : ''
  return {
    account: reader.account,
    view: {
      screen: `news.${news}`,
      html: urgent + say.t(`case.news.${check ? 'check' : news}`, { number: request.number }),
      rows,
    },
  }
}

/** Nobody has answered by the promised time; null if somebody has, meanwhile. */
const lateNotice = async (
  { database, region, clock }: Deps,
  { account, staff, builder: { say, link } }: NonNullable<Awaited<ReturnType<typeof readerOf>>>,
  { id, number, claimedById }: Request,
): Promise<Notice | null> => {
  const promise = await openPromiseOf(database, { requestId: id })
  if (!promise || promise.notices === 0 || !staff.active) return null
  const holder = claimedById === null ? null : await findStaff(database, claimedById)
  // In the words that the family was told.
  const instant = promise.fromAt ?? promise.dueAt
  const moment = { instant, timeZone: region.timeZone, now: clock.now() }
  const time = formatTime(instant, region.timeZone)
  const values = { number, day: formatDayOn(say, moment), time, name: holder?.name ?? '' }
  const html = say.t(
    `case.news.late.${holder ? 'claimed' : 'waiting'}${promise.fromAt ? 'From' : ''}`,
    values,
  )
  return {
    account,
    view: {
      screen: 'news.late',
      html,
      rows: [[link(say.label('case.open'), 'card', id), link(say.label('case.contact'), 'contact', id)]],
    },
  }
}

/**
 * Tells the family that there is news, without revealing who writes what: that is behind the button. If the person must
 * not be written to, the news waits in the bot; in their quiet hours it is delayed `until` these end.
 */
export const familyNotice = async (
  deps: Deps,
  {
    requestId,
    notice,
    change = 1,
  }: { requestId: string; notice: FamilyNoticeKind; change?: number | undefined },
): Promise<Notice | { until: Date } | null> => {
  const request = await findRequest(deps.database, requestId)
  const person = request && (await personOf(deps.database, request.personId))
  if (!request || !person || (await isSilenced(deps.database, deps.sealer, request))) return null
  // Whoever wrote about another family hears of the first reading and of words to them, and of nothing else.
  if (request.applicant === 'other-person' && notice !== 'claimed' && notice !== 'answer') return null
  // Claimed and passed on again before this was sent: a newer notice is queued.
  if (notice === 'merged') {
    // It was taken back meanwhile.
    if ((await ownDuplicatesOf(deps.database, request.id)).length === 0) return null
  } else if (notice !== 'answer' && toldOf[notice] !== request.status) return null
  if (notice === 'reader' && !(await isChangeNews(deps.database, request, change))) return null
  const now = deps.clock.now()
  const until = await noticeDelayedUntil(deps.database, deps.region, { request, news: notice, now })
  if (until) return { until }
  const { say, link } = createCardBuilder(deps.texts.for(person.language, person.address), 0)
  return {
    account: person.account,
    view: {
      screen: `notice.${notice}`,
      // Not «новое сообщение», which is what they are waiting for.
      html: say.t(notice === 'reader' ? 'notice.change' : 'notice.news'),
      rows: [[link(say.label('notice.open'), notice === 'answer' ? 'talk' : 'status')]],
    },
  }
}

const isOpen = ({ status }: Request): boolean => status === 'submitted' || status === 'claimed'

const nothingFound = (error: unknown): null => {
  if (error instanceof DomainError && error.code === 'not-found') return null
  throw error
}

const toldOf = {
  claimed: 'claimed',
  'passed-on': 'submitted',
  reader: 'submitted',
  stage: 'claimed',
  closed: 'closed',
} as const

const readerOf = async ({ database, texts }: Deps, staffId: string) => {
  const staff = await findStaff(database, staffId)
  const person = staff?.personId && (await personOf(database, staff.personId))
  if (!staff || !person) return null
  return {
    account: person.account,
    staff,
    builder: createCardBuilder(texts.for(person.language, 'adult'), 0, { staff: true }),
  }
}
