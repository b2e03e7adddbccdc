import type { Region } from '#regions/schema.ts'
import type { Database } from '#storage/database.ts'
import { findFamily } from '#storage/families/families.ts'
import { familiesAtPeriod, familiesEndedBefore } from '#storage/surveys/survey-dispatch.ts'
import type { Survey } from '#surveys/schema.ts'
import { endOf, inviteOn, surveysOn } from './invite.ts'

/**
 * Daily: invites families at the end of a period under support, and those whose support ended the given number of
 * months ago. Repeating it on the same day invites nobody twice. Returns the number of invitations.
 */
export const inviteByCalendar = async (
  database: Database,
  { region: { timeZone } }: { region: Region },
  now: Date,
): Promise<number> => {
  const inviteTo = (survey: Survey, familyId: string, which: string) =>
    database.transaction(async (tx) => {
      const family = await findFamily(tx, familyId)
      return family ? (await inviteOn(tx, { survey, family, which, now })).length : 0
    })
  let count = 0
  for (const survey of await surveysOn(database, 'period')) {
    const months = monthsOf(survey)
    for (const { familyId, period } of await familiesAtPeriod(database, { months, timeZone, now }))
      count += await inviteTo(survey, familyId, `${familyId}.${period}`)
  }
  for (const survey of await surveysOn(database, 'after-end')) {
    const months = monthsOf(survey)
    for (const { familyId, episode } of await familiesEndedBefore(database, { months, timeZone, now }))
      count += await inviteTo(survey, familyId, endOf(familyId, episode))
  }
  return count
}

const monthsOf = ({ when }: Survey): number => ('months' in when ? when.months : 0)
