import { type Database, type Reader, readFrom, type Tx } from './database.ts'
import type { StaffRole } from './staff.ts'

export type Language = 'ru' | 'en'
/** How the person is addressed: `adult` «вы», `minor` «ты». */
export type Address = 'adult' | 'minor'

export type Person = { id: string; account: string; language: Language; address: Address }

/** All that one input needs to know of a person. */
export type Snapshot = {
  person: Person
  /** `answers` is sealed at `drafts.answers` / draft id. */
  draft: {
    id: string
    version: number
    region: string
    answers: string
    revision: number
    updatedAt: Date
  } | null
  openRequest: { id: string; number: string } | null
  staff: { id: string; name: string; role: StaffRole; territories: string[]; active: boolean } | null
}

/** Everything about a person in one prepared statement; null for somebody of whom nothing is kept. */
export const findSnapshot = async (_db: Database, _account: string): Promise<Snapshot | null> => {
  throw new Error('not written yet')
}

/** Keeps a person; one who is kept already stays as they are. Needs a consent, or an invite of staff. */
export const createPerson = async (
  tx: Tx,
  { account, language, address }: { account: string; language: Language; address: Address },
): Promise<Person> => {
  await tx.person.createMany({ data: [{ account, language, address }], skipDuplicates: true })
  return toPerson(await tx.person.findUniqueOrThrow({ where: { account } }))
}

export const setLanguage = async (tx: Tx, personId: string, language: Language): Promise<void> => {
  await tx.person.update({ where: { id: personId }, data: { language } })
}

export const setAddress = async (tx: Tx, personId: string, address: Address): Promise<void> => {
  await tx.person.update({ where: { id: personId }, data: { address } })
}

export const personOf = async (reader: Reader, personId: string): Promise<Person | null> => {
  const row = await readFrom(reader).person.findUnique({ where: { id: personId } })
  return row && toPerson(row)
}

type PersonRow = { id: string; account: string; language: string; address: string }

const toPerson = ({ id, account, language, address }: PersonRow): Person => ({
  id,
  account,
  language: language === 'en' ? 'en' : 'ru',
  address: address === 'minor' ? 'minor' : 'adult',
})
