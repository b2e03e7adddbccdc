import type { FastifyReply, FastifyRequest } from 'fastify'
import type { EventData, EventName } from './protocol.ts'
import type { Receiver } from './receiver/receiver.ts'
import type { SandboxClock } from './sandbox-clock.ts'
import type { Telegram } from './telegram/telegram.ts'
import { toBot, toChat, toClock, toPerson } from './views.ts'

const heartbeat = 15_000
/** Merges simultaneous changes into one event. */
const gather = 15
/** A page that does not read is disconnected; it reads the whole state again when it returns. */
const mostBuffered = 8 * 1024 * 1024

/** Sends changes to all open pages as server-sent events. */
export const createStream = (telegram: Telegram, receiver: Receiver, clock: SandboxClock | undefined) => {
  const pages = new Set<FastifyReply['raw']>()
  const changed = new Set<number>()
  let timer: NodeJS.Timeout | undefined

  const write = (line: string) => {
    for (const page of pages) {
      if (page.writableLength > mostBuffered) page.destroy()
      else page.write(line)
    }
  }
  const send = <Name extends EventName>(name: Name, data: EventData<Name>) =>
    write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`)

  const flush = () => {
    clearTimeout(timer)
    timer = undefined
    const people = telegram.people().filter((account) => changed.has(account.id))
    changed.clear()
    if (pages.size === 0) return
    for (const account of people) {
      send('chat', { personId: account.id, chat: toChat(telegram, account) })
    }
  }
  const touch = (personId: number) => {
    changed.add(personId)
    timer ??= setTimeout(flush, gather).unref()
  }

  const off = telegram.events.on((event) => {
    if (event.type === 'person') {
      send('person', toPerson(event.account))
      touch(event.account.id)
    } else if (event.type === 'profile') {
      send('bot', toBot(telegram))
      for (const account of telegram.people()) touch(account.id)
    } else if (event.type === 'typing') {
      send('typing', { personId: event.chatId })
    } else if (event.type === 'callback-answer') {
      if (event.text) send('toast', { personId: event.chatId, text: event.text, alert: event.showAlert })
    } else touch(event.chatId)
  })
  const offReceiver = receiver.on(({ name, data }) => send(name, data))

  const offClock = clock?.on(() => send('clock', toClock(telegram, clock)))

  const beat = setInterval(() => write(': still here\n\n'), heartbeat).unref()

  return {
    open: (_: FastifyRequest, reply: FastifyReply) => {
      reply.hijack()
      reply.raw.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      })
      reply.raw.write('retry: 1000\n\n')
      pages.add(reply.raw)
      reply.raw.once('close', () => pages.delete(reply.raw))
    },
    stop: () => {
      off()
      offReceiver()
      offClock?.()
      clearInterval(beat)
      clearTimeout(timer)
      for (const page of pages) page.end()
      pages.clear()
    },
  }
}
