import type { Turn } from '#dialogue/screen.ts'
import { requestReader } from '#features/requests/request-reader.ts'
import type { Noted } from '#features/requests/request-notes.ts'
import { expectedLine } from '../messages/reading-time-view.ts'

/** The receipt of a note that whoever has the request does not see: who does not, and who reads it instead, by when. */
export const noteApartLine = async (
  { deps, who, say, now }: Turn,
  { name }: NonNullable<Noted['apart']>,
): Promise<string> => {
  const expected = await requestReader(deps, who, now)
  const other = { ...expected, name: say.t('messages.apart.other') }
  const reader = expectedLine(say, { expected: other, region: deps.region, now })
  return name === null
    ? say.t('status.apart.unnamed', { reader })
    : say.t('status.apart.named', { name, reader })
}
