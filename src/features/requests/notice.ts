import { quietEnd } from '#features/pushes/quiet.ts'
import type { Region } from '#regions/schema.ts'
import type { Reader } from '#storage/database.ts'
import { pushSettingsOf } from '#storage/push-settings.ts'
import type { Request } from '#storage/requests.ts'
import type { Sealer } from '#storage/seal.ts'
import { openContact } from './content.ts'

/** What the one who asked is told of their request outside of a conversation. */
export type FamilyNews = 'claimed' | 'passed-on' | 'stage' | 'closed' | 'answer'

/** Whether nothing is sent to whoever asked: they said that it is not safe, or want nothing; it is there when they come. */
export const isSilent = async (reader: Reader, sealer: Sealer, request: Request): Promise<boolean> =>
  openContact(sealer, request).safeToWrite === 'no' ||
  (await pushSettingsOf(reader, request.personId)).pushMode === 'none'

/**
 * When the quiet hours end that keep the news from whoever asked; null: it may be told now. Who asked because of danger
 * waits for the words of a specialist, and for nothing else at night.
 */
export const newsWaitsUntil = async (
  reader: Reader,
  { timeZone }: Region,
  { request, news, now }: { request: Request; news: FamilyNews; now: Date },
): Promise<Date | null> => {
  if (request.urgent && (news === 'claimed' || news === 'answer')) return null
  return quietEnd(now, (await pushSettingsOf(reader, request.personId)).quiet, timeZone)
}
