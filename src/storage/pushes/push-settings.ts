import { type Reader, readFrom, type Tx } from '#storage/database.ts'
import type { PushMode } from '#storage/people.ts'

export type PushSettings = {
  pushMode: PushMode
  /** Hours such as «21:00» and «08:00»; equal values: no quiet hours. */
  quiet: { from: string; until: string }
}

export const pushSettingsOf = async (reader: Reader, personId: string): Promise<PushSettings> => {
  const { pushMode, quietFrom, quietUntil } = await readFrom(reader).person.findUniqueOrThrow({
    where: { id: personId },
    select: { pushMode: true, quietFrom: true, quietUntil: true },
  })
  return { pushMode: pushMode as PushMode, quiet: { from: quietFrom, until: quietUntil } }
}

export const setQuietHours = async (
  tx: Tx,
  personId: string,
  { from, until }: PushSettings['quiet'],
): Promise<void> => {
  await tx.person.update({ where: { id: personId }, data: { quietFrom: from, quietUntil: until } })
}

/** Changes the mode `open` to `discreet`; leaves stricter modes as they are. */
export const hidePushes = async (tx: Tx, personId: string): Promise<void> => {
  await tx.person.updateMany({ where: { id: personId, pushMode: 'open' }, data: { pushMode: 'discreet' } })
}
