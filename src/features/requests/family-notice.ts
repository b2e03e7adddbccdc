import { awakeMs, quietHoursEnd } from '#features/pushes/quiet-hours.ts'
import type { Region } from '#regions/schema.ts'
import type { Reader } from '#storage/database.ts'
import { pushSettingsOf } from '#storage/pushes/push-settings.ts'
import { eventsOf } from '#storage/requests/request-events.ts'
import type { Request } from '#storage/requests/requests.ts'
import type { Sealer } from '#storage/seal.ts'
import { openContact } from './request-content.ts'

/** What the one who asked is told of their request outside of a conversation. */
export type FamilyNoticeKind = 'claimed' | 'passed-on' | 'stage' | 'closed' | 'answer'

/** Whether nothing is sent to whoever asked: they said that it is not safe, or want nothing; it is there when they come. */
export const isSilenced = async (reader: Reader, sealer: Sealer, request: Request): Promise<boolean> =>
  openContact(sealer, request).safeToWrite === 'no' ||
  (await pushSettingsOf(reader, request.personId)).pushMode === 'none'

/**
 * When the quiet hours end that keep the news from whoever asked; null: it may be told now. Who asked because of danger
 * waits for the words of a specialist at any hour; and so does, for a while, whoever has just asked or written: they are
 * awake, and look for the answer.
 */
export const noticeDelayedUntil = async (
  reader: Reader,
  { timeZone }: Region,
  { request, news, now }: { request: Request; news: FamilyNoticeKind; now: Date },
): Promise<Date | null> => {
  const awaited = news === 'claimed' || news === 'answer'
  if (request.urgent && awaited) return null
  if (awaited && now.getTime() - (await lastWrittenAt(reader, request)).getTime() < awakeMs) return null
  return quietHoursEnd(now, (await pushSettingsOf(reader, request.personId)).quiet, timeZone)
}

/** When whoever asked last said something: with the request, or by a note to it. */
const lastWrittenAt = async (reader: Reader, { id, submittedAt }: Request): Promise<Date> => {
  const notes = (await eventsOf(reader, id)).filter(({ kind }) => kind === 'note')
  return notes.at(-1)?.at ?? submittedAt
}
