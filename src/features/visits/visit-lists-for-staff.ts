import { isReadInBot } from '#features/families/read-in-bot.ts'
import { namesFor } from '#features/families/members.ts'
import { addAudit } from '#storage/staff/audit.ts'
import type { Reader, Tx } from '#storage/database.ts'
import { membersOf } from '#storage/families/family-members.ts'
import type { Family } from '#storage/families/families.ts'
import type { Sealer } from '#storage/seal.ts'
import { membersAnswers } from '#storage/visits/visit-answers.ts'
import { listVisits, overlapsOf, visitsOfStaff } from '#storage/visits/visit-lists.ts'
import type { Visit } from '#storage/visits/visits.ts'
import { answerText } from './visit-answers.ts'
import { openDoorCode, openVisitContent, openVisitResult, type VisitContent } from './visit-content.ts'
import {
  familyForVisitStaff,
  type StaffReader,
  type VisitForStaff,
  visitForStaff,
} from './visits-for-staff.ts'
import { isAhead } from './visit-transitions.ts'

const day = 24 * 60 * 60 * 1000
const pageSize = 6
const yearMs = 366 * day

type Paged<T> = { items: T[]; page: number; more: boolean }

/** How long a visit that is over, but was not marked, stays in the list of whoever came. */
const unmarkedMs = 14 * day

/** A page of a staff member's visits: those that are over and not marked yet, then the current and upcoming ones. */
export const upcomingVisitsOfStaff = async (
  reader: Reader,
  staffId: string,
  { page, now }: { page: number; now: Date },
): Promise<Paged<Visit & { familyNumber: number }>> => {
  const until = new Date(now.getTime() + 2 * yearMs)
  const from = new Date(now.getTime() - unmarkedMs)
  const limit = (page + 1) * pageSize + 1
  return pageOf(await visitsOfStaff(reader, { staffId, from, until, limit }), page)
}

/** How many visits of a staff member are over, and neither marked as done nor as missed. */
export const unmarkedVisitsOf = async (reader: Reader, staffId: string, now: Date): Promise<number> =>
  (await unmarkedVisits(reader, staffId, now)).length

/** The same visits, the earliest first. */
export const unmarkedVisits = async (reader: Reader, staffId: string, now: Date) => {
  const from = new Date(now.getTime() - unmarkedMs)
  const found = await visitsOfStaff(reader, { staffId, from, until: now })
  return found.filter(({ endsAt }) => endsAt <= now)
}

/** A page of a family's visits since last month, for its curator and supervisors. Throws `not-found`. */
export const familyVisits = async (
  reader: Reader,
  staff: StaffReader | null | undefined,
  { familyId, page, size = pageSize, now }: { familyId: string; page: number; size?: number; now: Date },
): Promise<Paged<Visit> & { family: Family }> => {
  const family = await familyForVisitStaff(reader, staff, familyId, now)
  const since = new Date(now.getTime() - 30 * day)
  const found = await listVisits(reader, { familyId, since }, { limit: (page + 1) * size + 1 })
  return { family, ...pageOf(found, page, size) }
}

const pageOf = <T>(found: readonly T[], page: number, size = pageSize): Paged<T> => ({
  items: found.slice(page * size, (page + 1) * size),
  page,
  more: found.length > (page + 1) * size,
})

export type AnswerLine = {
  id: bigint
  /** Null if the person has left the family. */
  name: string | null
  role: 'parent' | 'representative' | 'minor' | null
  kind: Awaited<ReturnType<typeof membersAnswers>>[number]['kind']
  slot: Date | null
  text: string | null
  /** It answers the current version of the visit. */
  current: boolean
}

export type VisitDetails = VisitForStaff & {
  content: VisitContent
  /** Shown to the visitor until the visit is over. */
  code: string | null
  /** What came of it, in words of staff. */
  result: string | null
  overlaps: number
  /** Oldest first. */
  answers: AnswerLine[]
  /** Somebody of the family sees it in the bot. */
  read: boolean
}

/** A visit with its sealed content, which is audited. Throws `not-found`. */
export const openVisitForStaff = async (
  tx: Tx,
  sealer: Sealer,
  { staff, visitId, now }: { staff: StaffReader | null | undefined; visitId: string; now: Date },
): Promise<VisitDetails> => {
  const { visit, family, inCharge } = await visitForStaff(tx, staff, visitId, now)
  await addAudit(tx, {
    at: now,
    action: 'family.visits',
    familyId: family.id,
    ...(staff && { staffId: staff.id }),
  })
  const by = { staffId: staff?.id }
  const names = await namesFor(tx, sealer, { members: await membersOf(tx, family.id), by, now })
  const answers = await membersAnswers(tx, { familyId: family.id, visitIds: [visitId] })
  const comes = visit.staffId === staff?.id && isAhead(visit, now)
  return {
    visit,
    family,
    inCharge,
    content: openVisitContent(sealer, visit),
    code: comes ? openDoorCode(sealer, visit) : null,
    result: openVisitResult(sealer, visit),
    overlaps: (await overlapsOf(tx, [visitId])).length,
    read: await isReadInBot(tx, family.id, visit),
    answers: answers.map((answer) => ({
      id: answer.id,
      name: (answer.member && names.get(answer.member.id)) ?? null,
      role: answer.member?.role ?? null,
      kind: answer.kind,
      slot: answer.slot,
      text: answerText(sealer, answer),
      current: answer.version === visit.version,
    })),
  }
}
