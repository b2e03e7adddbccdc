import type { Outside } from './outside.ts'

/** Two instances of the product that share the updates. */
export const startTwo = async (
  world: Outside,
): Promise<{ kill(nth: number, then: { replace: boolean }): Promise<void> }> => {
  const instances = [await world.start(), await world.start()]
  let turn = 0
  const alive = () => instances.filter((one) => one.alive())
  world.board.route = () => alive()[turn++ % alive().length]?.port ?? null
  return {
    /** One of them dies. Another one starts in its place, or the one that is left goes on alone. */
    kill: async (nth, { replace }) => {
      await instances[nth % 2]?.kill()
      if (replace) instances[nth % 2] = await world.start()
    },
  }
}

/** The sweep of late notices comes twice at once, as from two schedulers. */
export const sweepTwice = async ({ database: { prisma } }: Outside): Promise<void> => {
  for (const _ of [1, 2])
    await prisma.$executeRaw`
      INSERT INTO pgboss.job (name, data, retry_limit, retry_delay, retry_backoff, heartbeat_seconds)
      VALUES ('late-notices', '{}', 35, 1, true, 10)`
}
