import { idOf, newId } from '#core/ids.ts'
import type { ConsentText } from './consent-text.ts'

/**
 * The id of a consent. Two quick taps on one card, perhaps at two instances, get the same one, and the database keeps one
 * row; the same text on another card is another consent. A new id if the card is not known.
 */
export const consentIdOf = (
  /** The keyed hash of the account, or the person's id: an account could be guessed from the id. */
  person: string,
  { kind, hash }: Pick<ConsentText, 'kind' | 'hash'>,
  card: string | undefined,
): string => (card === undefined ? newId() : idOf(`consent\n${person}\n${kind}\n${hash}\n${card}`))
