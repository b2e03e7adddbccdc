/** The settings of every peer, as JSON in its first argument. */
export type PeerSettings = {
  port: number
  /** Root of the Bot API. */
  telegram: string
  token: string
  secret: string
  /** The peer's own PostgreSQL database. */
  postgres: string
  redis: string
  /** The HTTP client: grammY's, or `lean-client.ts`; used by the bare bot only. */
  client: 'grammy' | 'lean'
}

export const readSettings = (): PeerSettings => JSON.parse(process.argv[2] ?? '{}')

/** `redis://host:port/number` in the form of telegraf-session-redis. */
export const redisStore = (url: string) => {
  const { hostname, port, pathname } = new URL(url)
  return { host: hostname, port: port || '6379', db: Number(pathname.slice(1)) }
}
