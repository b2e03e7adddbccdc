import { type Reader, readFrom, type Tx } from '#storage/database.ts'
import { type Member, toMember } from '#storage/families/family-members.ts'
import { openOnes } from '#storage/cases/case-terms.ts'
import { draftRevisions } from '#storage/intake/drafts.ts'
import { openNotices } from '#storage/promises/promises.ts'
import { togetherRevisions } from '#storage/requests/together.ts'
import { peopleWithUrgentMatters } from '#storage/surveys/survey-dispatch.ts'
import { toVisit, type Visit } from '#storage/visits/visits.ts'
import type { Push } from './pushes.ts'

/** The current state of a push's subject. Each field is null if it does not exist or does not apply to the kind. */
export type PushSubject = {
  /** The recipient's current membership of the push's family. */
  member: Pick<Member, 'id' | 'role' | 'unconfirmedSince'> | null
  visit: Visit | null
  message: { memberId: string; read: boolean } | null
  /**
   * For a survey invitation: the invited member, whether it is still open, when it was due, whether the person has opened
   * it on their own, and whether a family of theirs has something urgent open.
   */
  survey: {
    memberId: string
    open: boolean
    dueAt: Date
    openedAt: Date | null
    expiresAt: Date
    urgent: boolean
  } | null
  /** For a notice that we are late: how many the promise has had; null if it was kept. For a left draft: its revision. For a term: 1 while it is open. For those who ask together: the revision. */
  counted: number | null
  /** For a plan: another push announces a later version to the person. */
  newerPlanPush: boolean
}

type About = Pick<Push, 'id' | 'personId' | 'familyId' | 'kind' | 'subjectId' | 'version'>

/** Reads the subjects of many pushes, with one statement per kind of subject. */
export const subjectsOf = async (
  reader: Reader,
  pushes: readonly About[],
): Promise<(push: About) => PushSubject> => {
  const db = readFrom(reader)
  const idsOf = (wanted: (push: About) => boolean): string[] => [
    ...new Set(pushes.filter(wanted).flatMap(({ subjectId }) => subjectId ?? [])),
  ]
  const familyIds = [...new Set(pushes.flatMap(({ familyId }) => familyId ?? []))]
  const personIds = [...new Set(pushes.map(({ personId }) => personId))]
  const messageIds = idsOf(isOfMessage)
  const planned = [...new Set(pushes.flatMap(({ kind, familyId }) => (kind === 'plan' && familyId) || []))]

  const members = await db.familyMember.findMany({
    where: { familyId: { in: familyIds }, personId: { in: personIds }, removedAt: null },
  })
  const visitIds = idsOf(isOfVisit)
  const visits = visitIds.length > 0 ? await db.visit.findMany({ where: { id: { in: visitIds } } }) : []
  const messages =
    messageIds.length > 0
      ? await db.message.findMany({
          where: { id: { in: messageIds } },
          select: { id: true, memberId: true, readAt: true },
        })
      : []
  const invitations = await surveysOf(db, idsOf(isOfSurvey))
  const counts = {
    late: await openNotices(
      db,
      idsOf(({ kind }) => kind === 'late'),
    ),
    draft: await draftRevisions(
      db,
      idsOf(({ kind }) => kind === 'draft'),
    ),
    'after-look': await openOnes(
      db,
      idsOf(({ kind }) => kind === 'after-look'),
    ),
    together: await togetherRevisions(
      db,
      idsOf(({ kind }) => kind === 'together'),
    ),
  }
  const plans =
    planned.length > 0
      ? await db.push.groupBy({
          by: ['familyId', 'personId'],
          where: { kind: 'plan', familyId: { in: planned }, personId: { in: personIds } },
          _max: { version: true },
        })
      : []

  const memberOf = new Map(members.map((row) => [`${row.familyId} ${row.personId}`, toMember(row)]))
  const visitOf = new Map(visits.map((row) => [row.id, toVisit(row)]))
  const messageOf = new Map(
    messages.map(({ id, memberId, readAt }) => [id, { memberId, read: readAt !== null }]),
  )
  const toldOf = new Map(
    plans.map(({ familyId, personId, _max }) => [`${familyId} ${personId}`, _max.version ?? 0]),
  )
  return (push) => ({
    member: memberOf.get(`${push.familyId} ${push.personId}`) ?? null,
    visit: (isOfVisit(push) && visitOf.get(push.subjectId ?? '')) || null,
    message: (isOfMessage(push) && messageOf.get(push.subjectId ?? '')) || null,
    survey: (isOfSurvey(push) && invitations.get(push.subjectId ?? '')) || null,
    counted: isCounted(push) ? (counts[push.kind].get(push.subjectId ?? '') ?? null) : null,
    newerPlanPush:
      isOfPlan(push) && (toldOf.get(`${push.familyId} ${push.personId}`) ?? 0) > (push.version ?? 0),
  })
}

const isOfVisit = ({ kind }: About): boolean => kind.startsWith('visit-')
const isOfPlan = ({ kind }: About): boolean => kind === 'plan'
const isCounted = (push: About): push is About & { kind: 'late' | 'draft' | 'after-look' | 'together' } =>
  push.kind === 'late' || push.kind === 'draft' || push.kind === 'after-look' || push.kind === 'together'
const isOfMessage = ({ kind }: About): boolean => kind === 'message'
const isOfSurvey = ({ kind }: About): boolean => kind === 'survey' || kind === 'survey-again'

const surveysOf = async (
  db: Tx,
  ids: readonly string[],
): Promise<Map<string, NonNullable<PushSubject['survey']>>> => {
  if (ids.length === 0) return new Map()
  const select = { id: true, memberId: true, personId: true, status: true } as const
  const rows = await db.surveyInvitation.findMany({
    where: { id: { in: [...ids] } },
    select: { ...select, dueAt: true, openedAt: true, expiresAt: true },
  })
  const urgent = await peopleWithUrgentMatters(db, [...new Set(rows.map(({ personId }) => personId))])
  return new Map(
    rows.map(({ id, personId, status, ...row }) => [
      id,
      { ...row, open: status === 'invited', urgent: urgent.has(personId) },
    ]),
  )
}
