import { DomainError } from '#core/errors.ts'
import type { Language } from '#core/text.ts'
import { canReadMessages } from '#features/messages/messages-for-staff.ts'
import type { Staff } from '#features/requests/cases.ts'
import type { Reader } from '#storage/database.ts'
import { type Family, findFamily } from '#storage/families/families.ts'
import { type MemberRole, membersOf } from '#storage/families/family-members.ts'
import { invitationsOfFamily, type InvitationStatus } from '#storage/surveys/survey-invitations.ts'
import { findSurvey } from '#storage/surveys/surveys.ts'
import type { Words } from '#surveys/schema.ts'

/** A survey that a family was sent. */
export type SentSurvey = {
  id: string
  code: string
  version: number
  /** Null if the person has left the family. */
  role: MemberRole | null
  invitedAt: Date
  /** What became of it; null where the reader may not know: in one family it would tell whose answer is whose. */
  status: InvitationStatus | null
}

const most = 50

/**
 * The surveys that a family was sent, newest first; never an answer. Whether one was answered is for supervisors alone, and not about
 * themselves: the rated curator does not learn who has answered (ADR 23). Throws `not-found`.
 */
export const surveysOfFamily = async (
  reader: Reader,
  { staff, familyId, now }: { staff: Staff; familyId: string; now: Date },
): Promise<{ family: Family; surveys: SentSurvey[] }> => {
  const family = await findFamily(reader, familyId)
  if (!family || !(await canReadMessages(reader, staff, family, now))) throw new DomainError('not-found')
  const roles = new Map((await membersOf(reader, familyId)).map(({ id, role }) => [id, role]))
  const found = await invitationsOfFamily(reader, familyId, most)
  const surveys = found.flatMap(({ id, surveyCode, version, memberId, invitedAt, status, curatorId }) => {
    if (invitedAt === null) return []
    const knows = staff.role === 'supervisor' && curatorId !== staff.id && family.curatorId !== staff.id
    return [
      {
        ...{ id, code: surveyCode, version, invitedAt },
        role: roles.get(memberId) ?? null,
        status: knows ? status : null,
      },
    ]
  })
  return { family, surveys }
}

/** A survey's title for adults; in Russian where it has no other. */
export const titleIn = (title: Words, language: Language): string =>
  (language === 'en' ? (title.en ?? title.ru) : title.ru).adult

/** The titles of surveys, by code and version: `after-visit.1`. */
export const surveyTitles = async (
  reader: Reader,
  surveys: readonly Pick<SentSurvey, 'code' | 'version'>[],
  language: Language,
): Promise<ReadonlyMap<string, string>> => {
  const titles = new Map<string, string>()
  for (const { code, version } of surveys) {
    const key = `${code}.${version}`
    if (titles.has(key)) continue
    const found = await findSurvey(reader, { code, version })
    if (found) titles.set(key, titleIn(found.survey.title, language))
  }
  return titles
}
