import type { Database, Tx } from '#storage/database.ts'

/** What only the owner of the tables may do, and a test does to make an earlier state: append-only rows change or go. */
export const erasing = <T>({ transaction }: Database, work: (tx: Tx) => Promise<T>): Promise<T> =>
  transaction(async (tx) => {
    await tx.$queryRaw`SELECT set_config('ryadom.erasing', 'on', true)`
    return work(tx)
  })
