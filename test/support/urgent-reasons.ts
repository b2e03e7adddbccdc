import { reasonsOfRequest } from '#features/requests/urgent-reasons.ts'
import { createSealer } from '#storage/seal.ts'
import { testKeys, type World } from './world.ts'

/** Why the world's only request is urgent: sealed in its row. */
export const reasonsIn = async ({ database }: World): Promise<string[]> =>
  reasonsOfRequest(createSealer(testKeys), await database.prisma.request.findFirstOrThrow())
