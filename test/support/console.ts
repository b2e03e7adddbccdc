import { newConsoleAddress } from '#features/console/console-access.ts'
import { createSealer } from '#storage/seal.ts'
import { visitor } from './results-page.ts'
import { testKeys, type World } from './world.ts'

const sealer = createSealer(testKeys)

/** An address that leads into the console, as the bot gives it. */
export const consoleAddress = async (world: World, staffId: string): Promise<string> => {
  const made = { pagesUrl: world.app().url, staffId, now: world.clock.now() }
  const { address } = await world.database.transaction((tx) => newConsoleAddress(tx, { sealer }, made))
  return new URL(address).pathname
}

const hidden = (page: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? ''

/** What the forms of a page say of how its record stood when it was drawn. */
export const stoodOn = (page: string): { revision: string; stood: string } => ({
  revision: hidden(page, 'revision'),
  stood: hidden(page, 'stood').replaceAll('&quot;', '"'),
})

/** A browser without scripts in which a member of staff is in the console. */
export const atDesk = async (world: World, staffId: string) => {
  const browser = visitor(world)
  const entered = await browser.post(await consoleAddress(world, staffId))
  if (entered.status !== 303) throw new Error(`the link does not open: ${entered.status}`)
  const csrf = hidden((await browser.get('/console')).text, 'csrf')
  return {
    ...browser,
    csrf,
    /** Sends a form as its page does; follows nothing. `once` makes it the same form again. */
    send: (
      path: string,
      fields: Record<string, string> = {},
      { once = crypto.randomUUID() }: { once?: string } = {},
    ) => browser.post(path, { csrf, once, ...fields }),
    /** A form with a file, as a browser sends it. */
    sendFile: (path: string, name: string, content: Uint8Array, fields: Record<string, string> = {}) => {
      const form = new FormData()
      for (const [key, value] of Object.entries({ csrf, once: crypto.randomUUID(), ...fields }))
        form.set(key, value)
      form.set(name, new Blob([Uint8Array.from(content)]), name)
      const headers = { cookie: browser.cookie(), origin: new URL(world.app().url).origin }
      return fetch(new URL(path, world.app().url), {
        method: 'POST',
        headers,
        body: form,
        redirect: 'manual',
      })
    },
    /** Reads server-sent events until `stop`, by their names. */
    live: async () => {
      const aborting = new AbortController()
      const answer = await fetch(new URL('/console/live', world.app().url), {
        headers: { cookie: browser.cookie(), accept: 'text/event-stream' },
        signal: aborting.signal,
      })
      const events: string[] = []
      const read = async () => {
        const decoder = new TextDecoder()
        for await (const chunk of answer.body ?? [])
          for (const [, name = ''] of decoder.decode(chunk).matchAll(/^event: (.+)$/gm)) events.push(name)
      }
      const reading = read().catch(() => {})
      return {
        status: answer.status,
        events,
        stop: () => {
          aborting.abort()
          return reading
        },
      }
    },
  }
}
