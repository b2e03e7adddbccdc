import { DomainError } from '#core/errors.ts'
import { dayAt } from '#features/deadlines/deadlines.ts'
import { canSee, type TargetAudience, viewerOf } from '#features/families/audience.ts'
import type { Reader, Tx } from '#storage/database.ts'
import type { Family } from '#storage/families/families.ts'
import { type Member, membersOf } from '#storage/families/family-members.ts'
import { activitiesOf } from '#storage/plan/activities.ts'
import { dropPendingOfVisit, restoreDroppedOfVisit } from '#storage/surveys/survey-dispatch.ts'
import { type Invitation, insertInvitations } from '#storage/surveys/survey-invitations.ts'
import { newestSurveys } from '#storage/surveys/surveys.ts'
import type { Visit } from '#storage/visits/visits.ts'
import type { Survey, When } from '#surveys/schema.ts'

const hour = 60 * 60_000
const day = 24 * hour

/** Delay between the occasion and the invitation, and how long the invitation may wait for a good moment. */
const moments: Record<When['on'], { afterMs: number; patienceMs: number }> = {
  visit: { afterMs: 2 * hour, patienceMs: 3 * day },
  period: { afterMs: 0, patienceMs: 21 * day },
  end: { afterMs: day, patienceMs: 21 * day },
  'after-end': { afterMs: 0, patienceMs: 30 * day },
  hand: { afterMs: 0, patienceMs: 14 * day },
}

type About = {
  family: Family
  /** Distinguishes occasions: the visit, the period. */
  which: string
  /** The person rated; defaults to the curator. */
  curatorId?: string | null
  visit?: Visit
  /** The members concerned; defaults to the whole family. */
  to?: TargetAudience | { memberIds: readonly string[] }
  /** Requested by staff; otherwise the survey's own schedule applies. */
  byHand?: true
  now: Date
}

/** Invites everybody for whom the visit was to rate it. */
export const inviteAfterVisit = async (
  tx: Tx,
  { family, visit, now }: { family: Family; visit: Visit; now: Date },
): Promise<void> => {
  const about = { family, which: visit.id, curatorId: visit.staffId, visit, to: visit, now }
  // The visit may have been marked as missed before.
  await restoreDroppedOfVisit(tx, visit.id)
  for (const survey of await surveysOn(tx, 'visit')) await invite(tx, survey, about)
}

/** Drops the unsent invitations of a visit that did not take place. */
export const dropVisitInvitations = (tx: Tx, { visit, now }: { visit: Visit; now: Date }): Promise<void> =>
  dropPendingOfVisit(tx, visit.id, now)

/** Invites a family when support ends, also when it ends again. */
export const inviteAtEnd = async (
  tx: Tx,
  { family, episode, now }: { family: Family; episode: number; now: Date },
): Promise<void> => {
  const which = endOf(family.id, episode)
  for (const survey of await surveysOn(tx, 'end')) await invite(tx, survey, { family, which, now })
}

/** Which end of support it is; the first one is named as before a family could come back. `episode`: its number. */
export const endOf = (familyId: string, episode: number): string =>
  episode > 1 ? `${familyId}.${episode}` : familyId

/** Invites a family at the end of a period, during support or after it. */
export const inviteOn = (
  tx: Tx,
  { survey, family, which, now }: { survey: Survey; family: Family; which: string; now: Date },
): Promise<Invitation[]> => invite(tx, survey, { family, which, now })

/**
 * Invites members at the centre's request, at most once a day per member. Throws `not-found` for a survey that is
 * unknown or retired, `invalid-input` with the field for somebody outside the family, and `not-eligible` if none of
 * the intended members has joined.
 */
export const inviteOnRequest = async (
  tx: Tx,
  {
    code,
    family,
    memberIds,
    timeZone,
    now,
  }: {
    code: string
    family: Family
    memberIds?: readonly string[] | undefined
    timeZone: string
    now: Date
  },
): Promise<Invitation[]> => {
  const found = (await newestSurveys(tx)).find(({ survey }) => survey.code === code)
  if (!found || found.retiredAt !== null) throw new DomainError('not-found')
  const own = (await membersOf(tx, family.id)).map(({ id }) => id)
  const wrong = memberIds?.findIndex((id) => !own.includes(id)) ?? -1
  if (wrong >= 0) throw new DomainError('invalid-input', { field: `memberIds/${wrong}` })
  const which = `${family.id}.${dayAt(now, timeZone)}`
  const about: About = { family, which, byHand: true, now, ...(memberIds && { to: { memberIds } }) }
  if ((await concerned(tx, found.survey, about)).length === 0) throw new DomainError('not-eligible')
  return invite(tx, found.survey, about)
}

/** The active surveys with this trigger. */
export const surveysOn = async (reader: Reader, on: When['on']): Promise<Survey[]> =>
  (await newestSurveys(reader)).flatMap(({ survey, retiredAt }) =>
    retiredAt === null && survey.when.on === on ? [survey] : [],
  )

const concerned = async (
  tx: Tx,
  { audience }: Survey,
  { family, to = { audience: 'family', memberIds: [] } }: About,
): Promise<(Member & { personId: string })[]> =>
  (await membersOf(tx, family.id)).flatMap((member) => {
    const { id, role, personId } = member
    const minor = role === 'minor'
    if (personId === null || (audience !== 'everyone' && (audience === 'minors') !== minor)) return []
    const meant = 'audience' in to ? canSee(viewerOf(member), to) : to.memberIds.includes(id)
    return meant ? [{ ...member, personId }] : []
  })

const invite = async (tx: Tx, survey: Survey, about: About): Promise<Invitation[]> => {
  const { family, which, visit, now, curatorId = family.curatorId } = about
  const members = await concerned(tx, survey, about)
  if (members.length === 0) return []
  const kinds = (await activitiesOf(tx, family.id)).filter(({ removedIn }) => removedIn === null)
  const helpKinds = [...new Set(kinds.map(({ kind }) => kind))].sort()
  const { afterMs, patienceMs } = moments[about.byHand ? 'hand' : survey.when.on]
  const from = visit && visit.endsAt > now ? visit.endsAt : now
  const dueAt = new Date(from.getTime() + afterMs)
  return insertInvitations(
    tx,
    members.map(({ id: memberId, personId, role }) => ({
      key: `${survey.code}.${which}.${personId}`,
      surveyCode: survey.code,
      version: survey.version,
      familyId: family.id,
      memberId,
      personId,
      curatorId,
      visitId: visit?.id ?? null,
      territory: family.territory,
      level: family.level,
      helpKinds,
      minor: role === 'minor',
      createdAt: now,
      dueAt,
      expiresAt: new Date(dueAt.getTime() + patienceMs),
    })),
  )
}
