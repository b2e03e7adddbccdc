import type { Socket } from 'node:net'
import pg from 'pg'
import { serverUrl } from './postgres.ts'

// A session that the server opens costs it 20 ms, as much as two hundred statements, and a world has six besides its pool:
// of the queue, of its listener, of a lock. One that ends in order stays open for the next client that connects in the same
// way, with what tests set in a session put back. Its prepared statements stay.

const kept = new Map<string, SessionClient[]>()
/** Of each way to connect. */
const mostKept = 6
const forget =
  'UNLISTEN *; SELECT pg_advisory_unlock_all(); RESET SESSION AUTHORIZATION; RESET ALL; CLOSE ALL; DISCARD TEMP'
const server = new URL(serverUrl())

/**
 * Only to a test's own database at the server itself: a database is copied from a template that nobody uses, and a test may
 * stand in the way to the server.
 */
const wayOf = ({ application_name: _, ...config }: pg.ClientConfig): string | undefined => {
  const url = URL.parse(config.connectionString ?? '')
  const own = url?.host === server.host && url.pathname.startsWith('/ryadom_test_')
  return own ? JSON.stringify(config) : undefined
}

/** The driver's calls have both forms. */
const answered = <T>(work: Promise<T>, callback?: (error: Error) => void): Promise<T> | undefined => {
  if (!callback) return work
  work.then(() => (callback as () => void)(), callback)
  return undefined
}

class SessionClient extends pg.Client {
  readonly #way: string | undefined
  #name = ''
  #warm = false

  constructor(config: pg.ClientConfig = {}) {
    super(config)
    this.#way = wayOf(config)
  }

  /** One that is open already, for whoever would connect in this way. */
  static take(config: pg.ClientConfig): SessionClient | undefined {
    const open = kept.get(wayOf(config) ?? '')?.pop()
    if (!open) return undefined
    open.#name = config.application_name ?? ''
    open.removeAllListeners()
    streamOf(open).ref()
    return open
  }

  override connect(): Promise<pg.Client>
  override connect(callback: (error: Error) => void): void
  override connect(callback?: (error: Error) => void): unknown {
    return answered(this.#connect(), callback)
  }

  override end(): Promise<void>
  override end(callback: (error: Error) => void): void
  override end(callback?: (error: Error) => void): unknown {
    return answered(this.#end(), callback)
  }

  async #connect(): Promise<pg.Client> {
    if (!this.#warm) return super.connect()
    this.#warm = false
    await this.query('SELECT set_config($1, $2, false)', ['application_name', this.#name])
    return this
  }

  async #end(): Promise<void> {
    if (!(await this.#keep())) await super.end()
  }

  async #keep(): Promise<boolean> {
    if (this.#way === undefined || this.getTransactionStatus() !== 'I' || !this.#idle()) return false
    const open = kept.get(this.#way) ?? []
    if (open.length >= mostKept) return false
    try {
      await this.query(forget)
    } catch {
      return false
    }
    // The pool and whoever listens are told as if it were gone.
    this.emit('end')
    this.removeAllListeners()
    const gone = () => {
      const at = open.indexOf(this)
      if (at >= 0) open.splice(at, 1)
    }
    this.on('error', gone)
    this.on('end', gone)
    streamOf(this).unref()
    this.#warm = true
    kept.set(this.#way, open)
    open.push(this)
    return true
  }

  #idle(): boolean {
    const { _activeQuery, _queryQueue, _sentQueryQueue, _queryable, _ended } = internals(this)
    if (_activeQuery) return false
    return _queryable && !_ended && _queryQueue.length === 0 && _sentQueryQueue.length === 0
  }
}

/** What the driver does not tell of itself. */
type Internals = {
  _activeQuery: unknown
  _queryQueue: unknown[]
  _sentQueryQueue: unknown[]
  _queryable: boolean
  _ended: boolean
}
const internals = (client: pg.Client) => client as unknown as Internals

const streamOf = ({ connection }: pg.Client) => (connection as unknown as { stream: Socket }).stream

const Client = new Proxy(SessionClient, {
  construct: (made, [config]: [pg.ClientConfig?]) => SessionClient.take(config ?? {}) ?? new made(config),
})
const driver = pg as { Client: typeof pg.Client; Pool: typeof pg.Pool }
if (!('warm' in driver)) {
  const { Pool } = driver
  Object.assign(driver, {
    warm: true,
    Client,
    Pool: class extends Pool {
      constructor(options: pg.PoolConfig = {}) {
        super({ Client, ...options } as pg.PoolConfig)
      }
    },
  })
}
