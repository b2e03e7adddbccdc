import { type Answers, answersSchema } from '#features/intake/answers.ts'
import type { Database } from '#storage/database.ts'
import { createSealer } from '#storage/seal.ts'
import type { Chat } from './chat.ts'
import { testKeys } from './world.ts'
import { storedAccount } from './accounts.ts'

/** Returns a person's stored draft; null if there is none. */
export const draftOf = async ({ prisma }: Database, { id }: Chat): Promise<Answers | null> => {
  const where = { account: storedAccount({ id }) }
  const person = await prisma.person.findUnique({ where, include: { draft: true } })
  if (!person?.draft) return null
  return answersSchema.parse(
    createSealer(testKeys).openJson(person.draft.answers, `drafts.answers.${person.id}`),
  )
}
