import { awakeMs, quietHoursEnd } from '#features/pushes/quiet-hours.ts'
import type { Region } from '#regions/schema.ts'
import type { Reader } from '#storage/database.ts'
import { type PushSettings, pushSettingsOf } from '#storage/pushes/push-settings.ts'
import { eventsOf } from '#storage/requests/request-events.ts'
import { ownDuplicatesOf } from '#storage/requests/duplicates.ts'
import type { Request } from '#storage/requests/requests.ts'
import type { Sealer } from '#storage/seal.ts'
import { asOwn } from './as-own.ts'
import { type Contact, openContact } from './request-content.ts'

/** Notifications to the applicant about their request. */
export type FamilyNoticeKind = 'claimed' | 'passed-on' | 'reader' | 'stage' | 'closed' | 'answer' | 'merged'

/**
 * Whether the applicant gets no notifications, because they said it is not safe or turned them off. The news
 * is shown when they open the bot.
 */
export const isSilenced = async (reader: Reader, sealer: Sealer, request: Request): Promise<boolean> => {
  const settings = await pushSettingsOf(reader, request.personId)
  const said = [request, ...(await ownDuplicatesOf(reader, request.id))]
  return said.some((one) => silences(openContact(sealer, one), settings))
}

/** The same, of what is known already. */
export const silences = ({ safeToWrite }: Contact, { pushMode }: Pick<PushSettings, 'pushMode'>): boolean =>
  safeToWrite === 'no' || pushMode === 'none'

/**
 * The end of the quiet hours that delay a notification to the applicant; null if it may be sent now. An
 * urgent request's applicant gets the specialist's words at any hour, and so does anybody who has written
 * recently: they are awake and expect an answer.
 */
export const noticeDelayedUntil = async (
  reader: Reader,
  { timeZone }: Region,
  { request, news, now }: { request: Request; news: FamilyNoticeKind; now: Date },
): Promise<Date | null> => {
  const awaited = news === 'claimed' || news === 'answer'
  // Somebody else's danger wakes nobody: it would tell them of it.
  if (awaited && (await asOwn(reader, request)).urgent) return null
  if (awaited && now.getTime() - (await lastWrittenAt(reader, request)).getTime() < awakeMs) return null
  return quietHoursEnd(now, (await pushSettingsOf(reader, request.personId)).quiet, timeZone)
}

/** When the applicant last wrote: with the request, or in a note to it. */
const lastWrittenAt = async (reader: Reader, { id, submittedAt }: Request): Promise<Date> => {
  const notes = (await eventsOf(reader, id)).filter(({ kind }) => kind === 'note')
  return notes.at(-1)?.at ?? submittedAt
}
