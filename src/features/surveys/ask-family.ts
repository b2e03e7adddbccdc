import { DomainError } from '#core/errors.ts'
import { familyForStaff } from '#features/families/caseload.ts'
import type { Staff } from '#features/requests/cases.ts'
import type { Region } from '#regions/schema.ts'
import type { Reader, Tx } from '#storage/database.ts'
import type { Family } from '#storage/families/families.ts'
import { newestSurveys } from '#storage/surveys/surveys.ts'
import type { Words } from '#surveys/schema.ts'
import { inviteOnRequest } from './invite.ts'

// A supervisor invites a family to a survey. A curator may not: nobody chooses who rates them.

type Asking = { staff: Staff | null | undefined; familyId: string; now: Date }

/** The surveys that the family may be sent. Throws `not-found`. */
export const surveysToAsk = async (
  reader: Reader,
  asking: Asking,
): Promise<{ family: Family; surveys: { code: string; title: Words }[] }> => {
  const family = await familyToAsk(reader, asking)
  const surveys = (await newestSurveys(reader)).filter(({ retiredAt }) => retiredAt === null)
  return { family, surveys: surveys.map(({ survey: { code, title } }) => ({ code, title })) }
}

/** `already`: they were invited today; `nobody`: nobody for whom the survey is has joined. Throws `not-found`. */
export const askFamilyBySurvey = async (
  tx: Tx,
  { region }: { region: Pick<Region, 'timeZone'> },
  { code, ...asking }: Asking & { code: string },
): Promise<'done' | 'already' | 'nobody'> => {
  const family = await familyToAsk(tx, asking)
  try {
    const asked = { code, family, timeZone: region.timeZone, now: asking.now }
    return (await inviteOnRequest(tx, asked)).length === 0 ? 'already' : 'done'
  } catch (error) {
    if (error instanceof DomainError && error.code === 'not-eligible') return 'nobody'
    throw error
  }
}

const familyToAsk = async (reader: Reader, asking: Asking): Promise<Family> => {
  const family = await familyForStaff(reader, asking)
  if (asking.staff?.role !== 'supervisor') throw new DomainError('not-found')
  return family
}
