import { PrismaClient } from '#generated/client.ts'

type Settings = ConstructorParameters<typeof PrismaClient>[0]

/**
 * Prisma on a connection of ours. `minimal`: it keeps no stack of whoever asked, which it would take with every statement, for a
 * drawing of the call in an error's text. That text quotes data, and is never logged.
 */
export const openPrisma = (adapter: NonNullable<Settings['adapter']>): PrismaClient =>
  new PrismaClient({ adapter, errorFormat: 'minimal' })
