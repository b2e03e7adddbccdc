import RedisSession from 'telegraf-session-redis'

/** The commands of the session store. Each fails at once without a connection, and after a second without an answer. */
export type RedisStore = {
  client: RedisSession['client']
  /** Values under these names, null where there is none: one command, whatever their number. */
  load(names: readonly string[]): Promise<(string | null)[]>
  /** The last characters of the value under this name; empty where there is none. */
  tail(name: string, length: number): Promise<string>
  /** Saves a value for 48 h, and clears other names in the same write. */
  save(name: string, value: string, clear: readonly string[]): Promise<void>
  clear(names: readonly string[]): Promise<void>
  /** Identifies the present start of the server; undefined if it does not tell. */
  run(): string | undefined
  /** Reserves the next slot of the rate limit shared by all instances. */
  nextTurn(everyMs: number): Promise<number>
}

const keptSeconds = 48 * 60 * 60
const slowMs = 1000

/** The package's actual interface; its types describe an earlier version. */
type Package = { client: RedisSession['client']; clearSession(key: string): Promise<unknown> }

export const openRedisStore = (redisUrl: string): RedisStore => {
  const { hostname, port } = new URL(redisUrl)
  const store = {
    url: redisUrl,
    host: hostname,
    port: port || 6379,
    // Without a connection, commands fail at once instead of waiting.
    enable_offline_queue: false,
    retry_strategy: ({ attempt }: { attempt: number }) => Math.min(attempt * 200, 2000),
  }
  const redis = new RedisSession({ ttl: keptSeconds, store }) as unknown as Package
  const { client } = redis
  const together = createTogether(client)
  const clearAll = (names: readonly string[]) => Promise.all(names.map((name) => redis.clearSession(name)))
  return {
    client,
    load: (names) => {
      together()
      return within(load(client, names))
    },
    tail: (name, length) => {
      together()
      return within(tail(client, name, length))
    },
    save: async (name, value, clear) => {
      together()
      await within(Promise.all([save(client, name, value), clearAll(clear)]))
    },
    clear: async (names) => {
      together()
      await within(clearAll(names))
    },
    run: () => (client.server_info as { run_id?: string } | undefined)?.run_id,
    nextTurn: (everyMs) => within(nextTurn(client, everyMs)),
  }
}

/**
 * Sends the commands of one turn of the event loop in one write: a socket write costs more than a command. Their
 * order is unchanged.
 */
const createTogether = (client: RedisSession['client']) => {
  let corked = false
  return () => {
    if (corked) return
    corked = true
    const { stream } = client
    stream.cork()
    setImmediate(() => {
      corked = false
      stream.uncork()
    })
  }
}

/** The package's `getSession` reads one name, and parses JSON. */
const load = (client: RedisSession['client'], names: readonly string[]): Promise<(string | null)[]> =>
  new Promise((resolve, reject) => {
    client.mget([...names], (error, values) => (error ? reject(error) : resolve(values)))
  })

const tail = (client: RedisSession['client'], name: string, length: number): Promise<string> =>
  new Promise((resolve, reject) => {
    client.getrange(name, -length, -1, (error, end) => (error ? reject(error) : resolve(end)))
  })

/** The package's `saveSession` sets the expiry in a second command; one command leaves no key without expiry. */
const save = (client: RedisSession['client'], name: string, value: string): Promise<void> =>
  new Promise((resolve, reject) => {
    client.set(name, value, 'EX', keptSeconds, (error) => (error ? reject(error) : resolve()))
  })

/** Reserves the first free slot atomically, by the clock of Redis. */
const takeTurn = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local turn = math.max(now, tonumber(redis.call('GET', KEYS[1]) or '0'))
redis.call('SET', KEYS[1], turn + ARGV[1], 'PX', 60000)
return turn - now`

const nextTurn = (client: RedisSession['client'], everyMs: number): Promise<number> =>
  new Promise((resolve, reject) => {
    client.eval(takeTurn, 1, 'pace', everyMs, (error: Error | null, ms: number) =>
      error ? reject(error) : resolve(ms),
    )
  })

/** Redis answers in less than a millisecond; one that takes a second counts as unavailable. */
const within = <T>(answer: Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    // The error is created only when needed: its stack costs more than the command.
    const timer = setTimeout(() => reject(new Error('slow')), slowMs)
    answer.then(resolve, reject).finally(() => clearTimeout(timer))
  })
