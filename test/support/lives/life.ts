import type { Chat } from '#test/support/chat.ts'
import { namesOf } from '#storage/accounts.ts'
import { createSealer } from '#storage/seal.ts'
import type { FamilyWorld } from '#test/support/family.ts'

/** One person of a family, with a phone, and what they have left in the centre. */
export type Life = {
  called: string
  role: 'parent' | 'minor'
  chat: Chat
  /** All that they say begins with it; another one after they were erased. */
  canary: string
  /** As they are called in the family; others may know it. */
  name: string
  /** Words that the centre must be able to read. */
  said: string[]
  /** Words that nobody may find any more. */
  gone: string[]
  /** The letter about them that blocks their data. */
  letter: string | null
  /** The account that `canary` belongs to; null: they are not stored. */
  personId: string | null
}

const syllables = ['ба', 'ду', 'ки', 'ло', 'мя', 'ру', 'со', 'ты', 'фе', 'ху']
const spelt = (number: number, digits: number): string =>
  String(number)
    .padStart(digits, '0')
    .replace(/\d/g, (digit) => syllables[Number(digit)] ?? '')

/** Words that nobody else says, and in which nobody hears anything. */
export const createWords = () => {
  let count = 0
  const next = () => {
    count += 1
    return count
  }
  return {
    /** No one of them begins another one. */
    canary: () => `щ${spelt(next(), 2)}щ`,
    name: () => `Щ${spelt(next(), 2)}ща`,
    after: (canary: string) => `${canary}${spelt(next(), 4)}`,
  }
}

export type Words = ReturnType<typeof createWords>

export const createLife = (words: Words, of: Pick<Life, 'called' | 'role' | 'chat'>): Life => ({
  ...of,
  ...{ canary: words.canary(), name: words.name(), said: [], gone: [], letter: null, personId: null },
})

/** What the database says of somebody now. */
export const standOf = async ({ world, familyId }: FamilyWorld, { chat }: Life) => {
  const { prisma } = world.database
  const account = { in: [...namesOf(createSealer(world.config.keys ?? []), `telegram:${chat.id}`)] }
  const person = await prisma.person.findFirst({
    where: { account },
    include: {
      requests: { orderBy: { submittedAt: 'desc' } },
      families: true,
      consents: { include: { withdrawal: true } },
    },
  })
  const hidden = person ? await prisma.hiddenChat.findFirst({ where: { personId: person.id } }) : null
  const member = person?.families.find((one) => one.familyId === familyId && one.removedAt === null)
  return {
    personId: person?.id ?? null,
    memberId: member?.id ?? null,
    isConfirmed: (member?.unconfirmedSince ?? null) === null,
    openRequest:
      person?.requests.find(({ status }) => status === 'submitted' || status === 'claimed') ?? null,
    isHidden: hidden !== null,
    isWithdrawn: (person?.consentWithdrawnAt ?? null) !== null,
  }
}

export type Stand = Awaited<ReturnType<typeof standOf>>
