import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Choice } from './card.ts'
import { type Client, Refused } from './client.ts'

/** The smallest PNG. */
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mP8/x8AAwMCAO+ip1sAAAAASUVORK5CYII=',
  'base64',
)

/** What a person does on their phone; each resolves with what the bot answered to a tap, if it did. */
export const createPhone = (client: Client, personId: number) => {
  const say = async (text: string, replyTo?: number): Promise<undefined> => {
    await client.does(personId, 'text', { text, ...(replyTo === undefined ? {} : { replyTo }) })
  }
  const contact = async (): Promise<undefined> => void (await client.does(personId, 'contact'))

  /** A link to the bot opens in the chat, as on a phone; any other is only shown. */
  const open = async (url: string): Promise<string | undefined> => {
    const { username } = (await client.state()).bot
    const link = new URL(url)
    if (link.hostname !== 't.me' || link.pathname !== `/${username}`) return url
    return say(`/start ${link.searchParams.get('start') ?? ''}`.trim())
  }

  return {
    say,
    contact,
    edit: async (messageId: number, text: string): Promise<undefined> =>
      void (await client.does(personId, 'edit', { messageId, text })),
    plain: async (kind: 'voice' | 'sticker' | 'location'): Promise<undefined> =>
      void (await client.does(personId, kind)),
    photo: async (caption: string): Promise<undefined> =>
      void (await client.upload(personId, 'picture', new File([picture], 'photo.png'), caption)),
    /** Without a path, a short text. @throws Refused if the file cannot be read */
    file: async (path: string): Promise<undefined> => {
      const bytes = path === '' ? Buffer.from('talk\n') : await readFile(path).catch(() => null)
      if (!bytes) throw new Refused(`${path} cannot be read`)
      await client.upload(personId, 'document', new File([bytes], basename(path) || 'talk.txt'), '')
    },
    press: async ({
      keyboard,
      label,
      messageId,
      data,
      url,
      copyText,
    }: Choice): Promise<string | undefined> => {
      if (keyboard) return keyboard === 'contact' ? contact() : say(label)
      if (url) return open(url)
      if (copyText) return `⧉ ${copyText}`
      const answer = await client.tap(personId, messageId, data ?? '')
      return answer.state === 'expired' ? 'the bot did not answer the button' : answer.text
    },
  }
}
