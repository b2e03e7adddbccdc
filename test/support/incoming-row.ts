import { randomUUID } from 'node:crypto'
import { createSealer } from '#storage/seal.ts'
import { testKeys, type World } from './world.ts'

/** A message about a family, of which nothing became yet. Returns its id. */
export const incomingRow = async (
  { database: { prisma }, clock }: World,
  of: { territory: string; staffId: string },
): Promise<string> => {
  const id = randomUUID()
  const at = clock.now()
  const words = { from: 'Школа', words: 'Слова' }
  const content = createSealer(testKeys).sealJson(words, `incoming_appeals.content.${id}`)
  const row = { region: 'stavropol', source: 'other-person', receivedOn: at, urgent: false, at }
  await prisma.incomingAppeal.create({ data: { id, ...row, content, ...of } })
  return id
}
