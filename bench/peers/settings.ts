/** What every peer is told, as JSON in its first argument. */
export type PeerSettings = {
  port: number
  /** Root of the Bot API. */
  telegram: string
  token: string
  secret: string
  /** A PostgreSQL database of the peer's own. */
  postgres: string
  redis: string
  /** How Telegram is called: as grammY does, or by `lean-client.ts`; only the bare bot looks at it. */
  client: 'grammy' | 'lean'
}

export const readSettings = (): PeerSettings => JSON.parse(process.argv[2] ?? '{}')

/** `redis://host:port/number` as telegraf-session-redis wants it. */
export const redisStore = (url: string) => {
  const { hostname, port, pathname } = new URL(url)
  return { host: hostname, port: port || '6379', db: Number(pathname.slice(1)) }
}
