import type { Reader, Tx } from '#storage/database.ts'
import { directFrom } from '#storage/direct.ts'

export const pushModes = ['open', 'discreet', 'none'] as const
/** What a push may reveal: `open`: day and hour; `discreet`: that there is something; `none`: no pushes. */
export type PushMode = (typeof pushModes)[number]

export type PushSettings = {
  pushMode: PushMode
  /** Hours such as «21:00» and «08:00»; equal values: no quiet hours. */
  quiet: { from: string; until: string }
}

/** Nothing is sent to whoever has withdrawn their consent, or whose data are blocked: `none`, whatever they chose. */
export const pushSettingsOf = async (reader: Reader, personId: string): Promise<PushSettings> => {
  const [row] = await directFrom(reader)<{ pushMode: PushMode; from: string; until: string }>`
    SELECT CASE WHEN consent_withdrawn_at IS NULL AND restricted_since IS NULL THEN push_mode ELSE 'none' END AS "pushMode", quiet_from AS "from", quiet_until AS "until" FROM persons WHERE id = ${personId}::uuid`
  if (!row) throw new Error('the person is gone')
  const { pushMode, ...quiet } = row
  return { pushMode, quiet }
}

export const setPushMode = async (tx: Tx, personId: string, pushMode: PushMode): Promise<void> => {
  await tx.person.update({ where: { id: personId }, data: { pushMode } })
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
