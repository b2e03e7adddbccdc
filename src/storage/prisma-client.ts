import { PrismaClient } from '#generated/client.ts'

type Settings = ConstructorParameters<typeof PrismaClient>[0]

/**
 * Prisma on a connection of ours. `minimal`, also where NODE_ENV does not say `production`: with every statement it would take the
 * stack of its caller, to quote the source of the call in an error's text. That text holds data, and is never logged.
 */
export const openPrisma = (adapter: NonNullable<Settings['adapter']>): PrismaClient =>
  new PrismaClient({ adapter, errorFormat: 'minimal' })
