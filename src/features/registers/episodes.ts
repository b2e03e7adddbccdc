import { DomainError } from '#core/errors.ts'
import type { Reader } from '#storage/database.ts'
import { type EpisodeRow, episodesWithin } from '#storage/registers/episode-rows.ts'
import type { RegisterScope } from '#storage/registers/register-scope.ts'

/** How many acceptances are shown row by row, and how many are counted; more would be held in memory at once. */
export const mostShown = 5_000
const mostCounted = 100_000

type Asked = RegisterScope & { timeZone: string; kinds: readonly string[] }

/** The acceptances of a period. Throws `invalid-input` for a period with too many. */
export const episodesOf = async (
  reader: Reader,
  { most = mostCounted, ...asked }: Asked & { most?: number },
): Promise<EpisodeRow[]> => {
  const found = await episodesWithin(reader, { ...asked, limit: most + 1 })
  if (found.length > most) throw new DomainError('invalid-input', { field: 'until' })
  return found
}
