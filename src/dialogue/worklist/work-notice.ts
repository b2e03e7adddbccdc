import { formatDayUntil, formatTime } from '#core/dates.ts'
import { type CardBuilder, createCardBuilder, paragraphs } from '#dialogue/card-builder.ts'
import { isWarnedOf } from '#dialogue/families/read-safety.ts'
import type { Notice } from '#dialogue/requests/requests-notice.ts'
import type { DialogueDeps } from '#dialogue/screen.ts'
import type { View } from '#dialogue/view.ts'
import { spokenMoment } from '#dialogue/visits/visit-words-view.ts'
import { staffRights } from '#features/families/family-access.ts'
import { mayReadNotes } from '#features/families/family-notes.ts'
import { mayOpenRequest } from '#features/requests/staff-notes.ts'
import { agendaOf } from '#features/worklist/agenda.ts'
import { alarmsForStaff } from '#features/worklist/alarms-for-staff.ts'
import { dayOf } from '#features/worklist/open-work.ts'
import { visitNewsFor } from '#features/worklist/visit-news.ts'
import type { Payload } from '#queue/queues.ts'
import { findFamily } from '#storage/families/families.ts'
import { isStillUrgent } from '#storage/families/urgent-families.ts'
import { findIncoming } from '#storage/incoming/incoming.ts'
import { personOf } from '#storage/people.ts'
import { keptOf } from '#storage/requests/duplicates.ts'
import { findRequest } from '#storage/requests/requests.ts'
import { absencesOf } from '#storage/staff/absences.ts'
import { findStaff, type StaffMember } from '#storage/staff/staff.ts'
import { agendaView } from './agenda-view.ts'
import { alarmsView } from './alarms-view.ts'

type Deps = Pick<DialogueDeps, 'database' | 'sealer' | 'texts' | 'region' | 'clock'>
type News = Payload<'work-news'>
type Facts = { staff: StaffMember; builder: CardBuilder; now: Date; news: News }
type Draw = (deps: Deps, facts: Facts) => Promise<View | null>

/** What a member of staff is told of their own work; null if it has become pointless, or is not theirs any more. */
export const workNotice = async (deps: Deps, news: News): Promise<Notice | null> => {
  const staff = await findStaff(deps.database, news.staffId)
  const person = staff?.personId && (await personOf(deps.database, staff.personId))
  if (!staff?.active || !person) return null
  const builder = createCardBuilder(deps.texts.for(person.language, 'adult'), 0, { staff: true })
  const view = await draws[news.news](deps, { staff, builder, now: deps.clock.now(), news })
  return view && { account: person.account, view }
}

const alarms: Draw = async ({ database, region }, { staff, builder, now, news }) => {
  if (news.at === undefined) return null
  const asked = { staffId: staff.id, toldAt: new Date(news.at), now }
  const found = await alarmsForStaff(database, region, asked)
  return found.length === 0 ? null : alarmsView(builder, { alarms: found, region, now })
}

/** Read when it is sent, so that it names nothing that has ended or gone to somebody else; another day has one of its own. */
const agenda: Draw = async (deps, { staff, builder, now, news }) => {
  const [begins, ends] = dayOf(deps.region, now)
  const begun = news.at === undefined ? now : new Date(news.at)
  if (begun < begins || begun >= ends) return null
  const found = await agendaOf(deps, { staff, now })
  return found && agendaView(builder, { agenda: found, region: deps.region, now })
}

const aboutFamily =
  (kind: 'curator' | 'plan'): Draw =>
  async (deps, { staff, builder: { say, link }, now, news }) => {
    const { database } = deps
    const family = news.subjectId === undefined ? null : await findFamily(database, news.subjectId)
    if (family?.status !== 'active' || !(await staffRights(database, staff, family, { now })).has('card'))
      return null
    const open = say.label('worklist.buttons.open')
    if (kind === 'plan') {
      const html = say.t('worklist.news.plan', { number: family.number })
      return { screen: 'work.plan', html, rows: [[link(open, 'f-plan', family.id)]] }
    }
    if (family.curatorId !== staff.id) return null
    const urgent = await isStillUrgent(database, family.id)
    const warned = urgent && (await isWarnedOf(deps, family, now))
    const html = paragraphs(
      say.t(urgent ? 'worklist.news.curatorUrgent' : 'worklist.news.curator', { number: family.number }),
      warned && say.t('safety.ahead'),
    )
    const row = [link(open, 'f-card', family.id)]
    return {
      screen: 'work.curator',
      html,
      rows: [urgent ? [...row, link(say.label('reach.button'), 'f-reach', family.id)] : row],
    }
  }

const familyTaken: Draw = async ({ database }, { staff, builder: { say }, news }) => {
  const family = news.subjectId === undefined ? null : await findFamily(database, news.subjectId)
  // Theirs again meanwhile, or over.
  if (family?.status !== 'active' || family.curatorId === staff.id) return null
  const curator = family.curatorId === null ? null : await findStaff(database, family.curatorId)
  const { number } = family
  const html = curator
    ? say.t('worklist.news.familyTaken', { number, name: curator.name })
    : say.t('worklist.news.familyTakenByNobody', { number })
  return { screen: 'work.family-taken', html, rows: [] }
}

const familiesTaken: Draw = async (_, { builder: { say, link } }) => ({
  screen: 'work.families-taken',
  html: say.t('worklist.news.familiesTaken'),
  rows: [[link(say.label('worklist.buttons.mine'), 'mine')]],
})

const aboutVisit: Draw = async (deps, { staff, builder, now, news }) => {
  const found = await visitNewsFor(deps.database, { staffId: staff.id, news, now })
  if (!found) return null
  const { say, link } = builder
  const { visit, number, name } = found
  const when = spokenMoment({ say, timeZone: deps.region.timeZone, now }, visit.startsAt)
  const html = say.t(`worklist.news.${news.news}`, { number, when, name })
  const open = [link(say.label('worklist.buttons.open'), 'f-visit', visit.id)]
  return { screen: `work.${news.news}`, html, rows: news.news === 'visit-taken' ? [] : [open] }
}

const absence: Draw = async ({ database, region }, { staff, builder: { say }, now, news }) => {
  const found = (await absencesOf(database, staff.id, now)).find(({ id }) => id === news.subjectId)
  if (!found) return null
  const day = (instant: Date) => formatDayUntil(say, { instant, timeZone: region.timeZone, now })
  const { from, until } = found
  // Of whole days the last one is named: «until Saturday» would leave open whether they are there on Saturday.
  const whole = dayOf(region, until)[0].getTime() === until.getTime()
  const html = whole
    ? say.t('worklist.news.absence', { from: day(from), until: day(new Date(until.getTime() - 1)) })
    : say.t('worklist.news.absenceUntil', {
        ...{ from: day(from), until: day(until), time: formatTime(until, region.timeZone) },
      })
  return { screen: 'work.absence', html, rows: [] }
}

const reassigned: Draw = async ({ database }, { staff, builder: { say }, news }) => {
  const request = news.subjectId === undefined ? null : await findRequest(database, news.subjectId)
  // Theirs again meanwhile.
  if (!request || request.assignedToId === staff.id) return null
  const holder = request.assignedToId === null ? null : await findStaff(database, request.assignedToId)
  const { number } = request
  const html = holder
    ? say.t('worklist.news.reassigned', { number, name: holder.name })
    : say.t('worklist.news.reassignedToAll', { number })
  return { screen: 'work.reassigned', html, rows: [] }
}

/** Nobody is told of one that was settled before their duty began. */
const incoming: Draw = async ({ database }, { staff, builder: { say, link }, news }) => {
  const found = news.subjectId === undefined ? null : await findIncoming(database, news.subjectId)
  const settled = found?.steps.at(-1)?.kind === 'unconfirmed'
  if (!found || settled) return null
  const { number, steps, urgent } = found
  const familyId = steps.findLast(({ kind }) => kind === 'family')?.familyId ?? null
  const family = familyId === null ? null : await findFamily(database, familyId)
  const own = family?.curatorId === staff.id
  const ofFamily = own
    ? (['incoming.news.ofFamily', 'incoming.news.urgent'] as const)
    : (['incoming.news.forCurator', 'incoming.news.urgentForCurator'] as const)
  return {
    screen: 'work.incoming',
    html: say.t(family ? ofFamily[urgent ? 1 : 0] : 'incoming.news.open', { number }),
    rows: [[link(say.label('worklist.buttons.open'), 'in-one', found.id)]],
  }
}

/** Who may not open it any more is not told that it exists. */
const noteToRequest: Draw = async ({ database }, { staff, builder: { say, link }, news }) => {
  const request = news.subjectId === undefined ? null : await findRequest(database, news.subjectId)
  if (!request || !(await mayOpenRequest(database, staff, request))) return null
  const html = say.t('mentions.news.request', { number: request.number })
  const rows = [[link(say.label('worklist.buttons.open'), 'story', request.id)]]
  return { screen: 'work.note-to-request', html, rows }
}

const noteToFamily: Draw = async ({ database }, { staff, builder: { say, link }, now, news }) => {
  const family = news.subjectId === undefined ? null : await findFamily(database, news.subjectId)
  if (!family || !(await mayReadNotes(database, staff, family, now))) return null
  const html = say.t('mentions.news.family', { number: family.number })
  const rows = [[link(say.label('worklist.buttons.open'), 'f-notes', family.id)]]
  return { screen: 'work.note-to-family', html, rows }
}

/** Taken back meanwhile: it is theirs again, and no news. */
const merged: Draw = async ({ database }, { builder: { say }, news }) => {
  const request = news.subjectId === undefined ? null : await findRequest(database, news.subjectId)
  const kept = request && (await keptOf(database, request.id))
  if (!request || !kept) return null
  const html = say.t('worklist.news.merged', { number: request.number, kept: kept.number })
  return { screen: 'work.merged', html, rows: [] }
}

const draws: Record<News['news'], Draw> = {
  alarms,
  agenda,
  curator: aboutFamily('curator'),
  plan: aboutFamily('plan'),
  'family-taken': familyTaken,
  'families-taken': familiesTaken,
  'visit-new': aboutVisit,
  'visit-moved': aboutVisit,
  'visit-cancelled': aboutVisit,
  'visit-taken': aboutVisit,
  'visit-day': aboutVisit,
  'visit-hours': aboutVisit,
  absence,
  reassigned,
  incoming,
  'note-to-request': noteToRequest,
  'note-to-family': noteToFamily,
  merged,
}
