import { z } from 'zod'
import { staysInTouch } from '#features/cases/after-look.ts'
import { caseFile } from '#features/cases/case-file.ts'
import { dayOfMoment } from '#features/cases/case-record.ts'
import { curatorWordOf } from '#features/cases/curator-word.ts'
import { papersMissing } from '#features/consents/papers-missing.ts'
import { familyCase, familyNames } from '#features/families/caseload.ts'
import { colleaguesForFamily, notesForStaff } from '#features/families/family-notes.ts'
import { reachFamily } from '#features/families/reach-family.ts'
import { timelineForStaff } from '#features/families/timeline.ts'
import { urgencyOfFamily } from '#features/families/urgent-family.ts'
import { signsForStaff } from '#features/levels/level-for-staff.ts'
import { repliesForMember } from '#features/messages/quick-replies.ts'
import { openThread, threadsOf, unreadByMember } from '#features/messages/threads.ts'
import { needsForStaff } from '#features/needs/read-needs.ts'
import { opinionsForStaff } from '#features/plan/opinions-for-staff.ts'
import { surveysOfFamily, surveyTitles } from '#features/surveys/surveys-of-family.ts'
import { cadenceOfFamily } from '#features/visits/cadence-of-family.ts'
import { familyVisits } from '#features/visits/visit-lists-for-staff.ts'
import { termsOf } from '#storage/cases/case-terms.ts'
import { namesOfStaff, staffRoles } from '#storage/staff/staff.ts'
import { readyQuery, readyText } from '../ready-replies.ts'
import type { Console } from '../routes.ts'
import { casePage } from './case-page.ts'
import { openFamily, withWarnings } from './family-frame.ts'
import { needsPage } from './needs-page.ts'
import { notesPage } from './notes-page.ts'
import { nowPage } from './now-page.ts'
import { familyPageAt } from './of-family.ts'
import { peoplePage } from './people-page.ts'
import { chargeRoles } from './roles.ts'
import { linesOnPage, talkPage } from './talk-page.ts'
import { timelinePage } from './timeline-page.ts'
import { visitsPage } from './visits-page.ts'
import { voicesPage } from './voices-page.ts'

const pageNumber = z.coerce.number().int().min(1).max(1000)
const visitsOnPage = 40
const entriesOnPage = 60

/** The pages of one family. Each asks the features that the bot's card asks, which audit what they show. */
export const registerCardPages = (console: Console): void => {
  registerPeople(console)
  registerFile(console)
}

const registerPeople = (console: Console): void => {
  const { deps } = console
  const { database, sealer, region } = deps

  familyPageAt(console, '', { for: staffRoles }, async (visit, of) => {
    const { staff, now } = visit
    const found = await familyCase(database, of)
    const open = await withWarnings(visit, found.family)
    const { family, rights } = open
    const said = await curatorWordOf(database, family)
    // A wish for another curator is kept from the curator.
    const knows = staff.role === 'supervisor' && family.curatorId !== staff.id
    const terms = rights.has('charge') ? await termsOf(database, of.familyId) : []
    return nowPage(visit, open, {
      ...found,
      urgency: await urgencyOfFamily(database, sealer, { family, staffId: staff.id, now }),
      inTouch: await staysInTouch(database, family),
      word: said === 'agreed' || knows ? said : null,
      unread: rights.has('conversations') ? await unreadByMember(database, of) : null,
      terms: terms.filter(({ state }) => state === 'open'),
      papers: await papersMissing(
        database,
        { sealer, region, consents: deps.consents() },
        { family, by: { staffId: staff.id }, now },
      ),
      today: dayOfMoment(region, now),
    })
  })

  const shown = z.object({ names: z.literal('1'), reach: z.literal('1') })
  familyPageAt(console, '/people', { for: staffRoles, query: shown }, async (visit, of) => {
    const { staff, query } = visit
    const { family, members } = await familyCase(database, of)
    const open = await withWarnings(visit, family)
    const named = query.names === '1' || query.reach === '1' || family.curatorId === staff.id
    const reached = query.reach === '1' && open.rights.has('contact')
    return peoplePage(visit, open, {
      members,
      names: named ? (await database.transaction((tx) => familyNames(tx, sealer, of))).members : null,
      reach: reached
        ? await database.transaction((tx) => reachFamily(tx, sealer, { staff: of.staff, of, now: of.now }))
        : null,
    })
  })

  const talk = z.object({
    member: z.uuid(),
    older: z.coerce.number().int().min(0).max(1000),
    ...readyQuery.shape,
  })
  familyPageAt(console, '/talk', { for: staffRoles, query: talk }, async (visit, of) => {
    const { staff, now, query } = visit
    const older = query.older ?? 0
    const { family, threads, thread, ready } = await database.transaction(async (tx) => {
      const all = await threadsOf(tx, deps, of)
      const waiting = all.threads.filter(({ unread }) => unread)
      const only = waiting.length === 1 ? waiting[0] : all.threads.length === 1 ? all.threads[0] : undefined
      const member = all.threads.find(({ id }) => id === query.member) ?? (query.member ? undefined : only)
      const limit = linesOnPage * (older + 1)
      const asked = member && { staff, memberId: member.id, limit, now }
      const chosen = member && query.reply !== undefined
      const replies = chosen ? await repliesForMember(tx, deps, { staff, memberId: member.id, now }) : []
      const thread = asked ? await openThread(tx, deps, asked) : null
      return { ...all, thread, ready: readyText(replies, query) }
    })
    const facts = { threads, thread, page: older, ready }
    return talkPage(visit, await withWarnings(visit, family), facts)
  })

  familyPageAt(console, '/notes', { for: staffRoles }, async (visit, of) => {
    const { staff, now } = visit
    const { family, notes } = await database.transaction((tx) => notesForStaff(tx, sealer, of))
    const colleagues = await colleaguesForFamily(database, family, { authorId: staff.id, now })
    return notesPage(visit, await withWarnings(visit, family), { notes, colleagues })
  })
}

const registerFile = (console: Console): void => {
  const { deps } = console
  const { database, region } = deps

  familyPageAt(console, '/needs', { for: staffRoles }, async (visit, of) => {
    const { now } = visit
    const known = await database.transaction((tx) => needsForStaff(tx, deps, of))
    const open = await withWarnings(visit, known.family)
    const signs = open.rights.has('charge')
      ? (await database.transaction((tx) => signsForStaff(tx, deps, of))).ticked
      : null
    return needsPage(visit, open, { ...known, signs, today: dayOfMoment(region, now) })
  })

  familyPageAt(console, '/case', { for: chargeRoles }, async (visit, of) => {
    const { now } = visit
    const file = await database.transaction((tx) => caseFile(tx, deps, of))
    return casePage(visit, await withWarnings(visit, file.family), {
      ...file,
      today: dayOfMoment(region, now),
    })
  })

  familyPageAt(
    console,
    '/visits',
    { for: chargeRoles, query: z.object({ page: pageNumber }) },
    async (visit, of) => {
      const { staff, now, query } = visit
      const asked = { familyId: of.familyId, page: (query.page ?? 1) - 1, size: visitsOnPage, now }
      const { family, ...found } = await familyVisits(database, staff, asked)
      const names = await namesOfStaff(database, [...new Set(found.items.map(({ staffId }) => staffId))])
      const cadence = found.page === 0 ? await cadenceOfFamily(database, region, family, now) : null
      return visitsPage(visit, await withWarnings(visit, family), { ...found, names, cadence })
    },
  )

  familyPageAt(console, '/voices', { for: staffRoles }, async (visit, of) => {
    const { family, opinions } = await database.transaction((tx) => opinionsForStaff(tx, deps, of))
    const { surveys } = await surveysOfFamily(database, of)
    const titles = await surveyTitles(database, surveys, visit.say.language)
    return voicesPage(visit, await withWarnings(visit, family), { opinions, surveys, titles })
  })

  const before = z.object({ before: z.iso.datetime() })
  familyPageAt(console, '/timeline', { for: chargeRoles, query: before }, async (visit, of) => {
    const { query } = visit
    const open = await openFamily(visit, of.familyId)
    const place = query.before === undefined ? null : new Date(query.before)
    const asked = { ...of, before: place, limit: entriesOnPage }
    const found = await database.transaction((tx) => timelineForStaff(tx, deps, asked))
    const sent = found.entries.flatMap((one) => (one.what === 'survey' ? [one] : []))
    const titles = await surveyTitles(database, sent, visit.say.language)
    return timelinePage(visit, open, { ...found, titles })
  })
}
