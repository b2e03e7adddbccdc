import { cleanText, countCharacters } from '#core/words.ts'
import type { Together } from '#storage/requests/together.ts'
import type { Sealer } from '#storage/seal.ts'

/** Maximum length of a name, in characters. */
const longestTogetherName = 40

type Column = 'token' | 'starter_name' | 'joiner_name'

/** Where a value of the row is sealed. */
export const placeOf = (column: Column, id: string): string => `together.${column}.${id}`

const open = (sealer: Sealer, column: Column, id: string, value: string | null): string | null =>
  value === null ? null : sealer.open(value, placeOf(column, id))

/** How the starter wants to be named; null: not at all. */
export const starterNameOf = (
  sealer: Sealer,
  { id, starterName }: Pick<Together, 'id' | 'starterName'>,
): string | null => open(sealer, 'starter_name', id, starterName)

/** How whoever answered named themselves. */
export const joinerNameOf = (
  sealer: Sealer,
  { id, joinerName }: Pick<Together, 'id' | 'joinerName'>,
): string | null => open(sealer, 'joiner_name', id, joinerName)

/** The one-time link, while it works. */
export const linkOf = (
  sealer: Sealer,
  { id, token }: Pick<Together, 'id' | 'token'>,
  botUsername: string,
): string | null => {
  const opened = open(sealer, 'token', id, token)
  return opened === null ? null : `https://t.me/${botUsername}?start=w_${opened}`
}

/** A name as it was typed; null if it is empty or too long. */
export const asTogetherName = (text: string): string | null => {
  const name = cleanText(text)
  return name === '' || countCharacters(name) > longestTogetherName ? null : name
}
