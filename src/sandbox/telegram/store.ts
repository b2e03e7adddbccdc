import { DatabaseSync } from 'node:sqlite'
import type { Profile } from './profile.ts'
import type { Account, Room, Stored, World } from './state.ts'
import type { Tap } from './taps.ts'
import type { Chat, StoredFile } from './types.ts'
import type { Pending } from './updates.ts'
import type { WebhookTarget } from './webhook.ts'

type BotPart = {
  counters: World['counters']
  nextUpdateId: number
  allowed: string[]
  profile: Profile
  pending: Pending[]
  taps: Tap[]
  webhook?: WebhookTarget
}
type ChatPart = { chat: Chat; history: Stored[] }
type Row = { key: string; json: string; bytes: Uint8Array | null }

/** Skips the ids that may have been used after the last write before a crash, so that none is reused. */
const reserve = 1000
const debounce = 100

type Wiring = { world: World; file: string; webhook: () => WebhookTarget | undefined }

export type Store = { touch(part: string): void; load(): WebhookTarget | undefined; close(): void }

/** Persists the state in one SQLite file; changes are written in batches, at most 100 ms later and at the end. */
export const openStore = ({ world, file, webhook }: Wiring): Store => {
  const database = new DatabaseSync(file)
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL')
  database.exec('CREATE TABLE IF NOT EXISTS part (key TEXT PRIMARY KEY, json TEXT NOT NULL, bytes BLOB)')
  const write = database.prepare('INSERT OR REPLACE INTO part (key, json, bytes) VALUES (?, ?, ?)')
  const dirty = new Set<string>()
  let timer: NodeJS.Timeout | undefined

  const botPart = (ahead: number): BotPart => {
    const target = webhook()
    return {
      counters: { ...world.counters, message: world.counters.message + ahead },
      nextUpdateId: world.updates.state.nextId + ahead,
      allowed: world.updates.state.allowed,
      profile: world.profile,
      pending: world.updates.pending(),
      taps: world.taps.kept(),
      ...(target ? { webhook: target } : {}),
    }
  }

  const partOf = (key: string, ahead: number): { json: unknown; bytes?: Uint8Array } => {
    const [kind, id = ''] = key.split(':')
    if (kind === 'bot') return { json: botPart(ahead) }
    if (kind === 'account') return { json: world.accounts.get(Number(id)) }
    if (kind === 'chat') return { json: chatPart(world.rooms.get(Number(id))) }
    const { bytes, ...rest } = world.files.get(id) ?? { bytes: new Uint8Array() }
    return { json: rest, bytes }
  }

  const flush = (ahead: number) => {
    clearTimeout(timer)
    timer = undefined
    if (dirty.size === 0) return
    database.exec('BEGIN')
    for (const key of dirty) {
      const { json, bytes } = partOf(key, ahead)
      write.run(key, JSON.stringify(json), bytes ?? null)
    }
    database.exec('COMMIT')
    dirty.clear()
  }

  const load = (): WebhookTarget | undefined => {
    const rows = database.prepare('SELECT key, json, bytes FROM part ORDER BY key').all() as Row[]
    let target: WebhookTarget | undefined
    for (const { key, json, bytes } of rows) {
      const part: unknown = JSON.parse(json)
      if (key === 'bot') target = restoreBot(world, part as BotPart)
      else if (key.startsWith('account:')) restoreAccount(world, part as Account)
      else if (key.startsWith('chat:')) restoreChat(world, part as ChatPart)
      else restoreFile(world, { ...(part as StoredFile), bytes: bytes ?? new Uint8Array() })
    }
    return target
  }

  return {
    touch: (part) => {
      dirty.add(part)
      timer ??= setTimeout(flush, debounce, reserve).unref()
    },
    load,
    close: () => {
      dirty.add('bot')
      flush(0)
      database.close()
    },
  }
}

const chatPart = (room: Room | undefined): ChatPart | undefined =>
  room && { chat: room.chat, history: [...room.history.values()] }

const restoreBot = (world: World, part: BotPart): WebhookTarget | undefined => {
  Object.assign(world.counters, part.counters)
  Object.assign(world.profile, part.profile)
  Object.assign(world.updates.state, { nextId: part.nextUpdateId, allowed: part.allowed })
  world.updates.restore(part.pending)
  world.taps.restore(part.taps)
  return part.webhook
}

const restoreAccount = (world: World, account: Account) => {
  world.accounts.set(account.id, account)
}

const restoreChat = (world: World, { chat, history }: ChatPart) => {
  world.rooms.set(chat.id, { chat, history: new Map(history.map((one) => [one.message.message_id, one])) })
}

const restoreFile = (world: World, file: StoredFile) => {
  world.files.set(file.id, file)
}
