import type { Say } from '#core/text.ts'
import type { MemberRole } from '#storage/families/family-members.ts'

// Who asked for help may have given no name, and the shortest way does not ask for it. An empty label makes Telegram
// refuse the whole card.

/** Where nothing else says who it is: on a button, above a message. */
export const nameOrRole = (say: Say, role: MemberRole, name: string): string =>
  name || say.label(`caseload.roles.${role}`)

/** Where the role stands beside it. */
export const nameBesideRole = (say: Say, name: string): string => name || say.label('caseload.nameless')

/** A name, cut to so many characters where it stands on a button; its end is an ellipsis then. */
export const cutName = (name: string, most: number): string => {
  const letters = [...name]
  return letters.length <= most ? name : `${letters.slice(0, most - 1).join('')}…`
}
