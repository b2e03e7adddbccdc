import { type Reader, readFrom } from '#storage/database.ts'

// Somebody who signed at the desk before they had an account is stored twice: as a person whom no channel reaches, and as the account
// that has joined since. Nothing is moved, because consents are append-only and the account of a member can change: both are read as
// one, for as long as the account is the member's and confirmed (ADR 119).

const joined = { personId: { not: null }, paperPersonId: { not: null }, unconfirmedSince: null } as const

/** All ids under which the person of an account is stored; the account's own comes first. */
export const idsOfPerson = async (reader: Reader, personId: string): Promise<string[]> => {
  const rows = await readFrom(reader).familyMember.findMany({
    where: { ...joined, personId },
    select: { paperPersonId: true },
  })
  return [...new Set([personId, ...rows.flatMap(({ paperPersonId }) => paperPersonId ?? [])])]
}

/** Whose data these are: the account, if somebody who signed on paper has one by now. */
export const accountOfPaper = async (reader: Reader, personId: string): Promise<string> => {
  const member = await readFrom(reader).familyMember.findFirst({
    where: { ...joined, paperPersonId: personId },
    select: { personId: true },
    orderBy: { joinedAt: 'desc' },
  })
  return member?.personId ?? personId
}
