import type { MoveClock } from '../clock-protocol.ts'
import type { Choice } from './card.ts'
import { type Client, Refused } from './client.ts'
import type { createConversation } from './conversation.ts'
import { type Input, readInput } from './input.ts'
import { listPeople } from './people.ts'

type Conversation = ReturnType<typeof createConversation>
type Talk = { client: Client; chat: Conversation; print: (text: string) => void; waitMs?: number }

export const usage = `npm run talk -- [--as WHO] [--script FILE] [--url URL] [--language ru|en]

  --as        parent, teenager, neighbour, intake, minors, supervisor, curator, supported, supportedTeenager; a first
              name or the number of a phone; or new, somebody whom the bot has never met. Otherwise: parent
  --script    lines of a file, as typed below, instead of the keyboard
  --url       a sandbox that is running, such as http://127.0.0.1:3000. Otherwise one is started, and deleted at the end
  --language  of somebody new`

export const help = `  Words are typed as they stand, and so are the bot's commands, such as /start.
  3              presses button 3 of the newest card; typed, if there is no such button
  [Label]        presses a button by its label, or by how the label begins
  #12 3          presses button 3 of message 12
  =3             types «3», though there is a button 3
  /reply 12 …    answers message 12 in words       /edit 12 …    corrects your own message
  /photo [words] sends a picture, with a caption   /file [path]  sends a file
  /voice  /sticker  /place  /contact
  :wait [words]  waits for a message, with these words in it
  :clock +1h     sets the sandbox's clock forward; +30m, +2d, or monday for the next one at 9:00
  :people  :help  :quit                            # a comment`

const longestWaitMs = 60_000

/** Carries out one line; false: the talk is over. @throws Refused if it is impossible */
export const runLine = async (talk: Talk, line: string): Promise<boolean> => {
  const input = readInput(line)
  if (input.kind === 'quit') return false
  if (input.kind === 'unknown') throw new Refused(input.reason)
  if (input.kind === 'help') talk.print(help)
  else if (input.kind === 'people') talk.print(listPeople(await talk.client.state()))
  else if (input.kind === 'clock') await moveClock(talk, input.move)
  else if (input.kind === 'wait') await waitFor(talk, input.words)
  else if (input.kind !== 'nothing') await act(talk.chat, input)
  return true
}

const moveClock = ({ client, chat, print }: Talk, move: MoveClock): Promise<void> =>
  chat.after(async () => {
    const { now, timeZone } = await client.moveClock(move)
    const shape = {
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      hour: 'numeric',
      minute: '2-digit',
    } as const
    print(`   It is ${new Date(now).toLocaleString('en-GB', { ...shape, timeZone })}.`)
    return undefined
  })

type Deed = Exclude<Input, { kind: 'nothing' | 'quit' | 'unknown' | 'help' | 'people' | 'wait' | 'clock' }>

const act = async (chat: Conversation, input: Deed): Promise<void> => {
  const deed = await deedOf(chat, input)
  return chat.after(deed)
}

const deedOf = async (chat: Conversation, input: Deed) => {
  const { phone } = chat
  const pressing = (choice: Choice | undefined, name: string) => {
    if (!choice) throw new Refused(`there is no button ${name}`)
    return () => phone.press(choice)
  }
  switch (input.kind) {
    case 'number': {
      const choice = chat.numbered(input.number)
      return choice ? pressing(choice, '') : () => phone.say(String(input.number))
    }
    case 'label':
      return pressing(chat.labelled(input.label), `[${input.label}]`)
    case 'earlier':
      return pressing(
        await chat.earlier(input.messageId, input.number),
        `${input.number} on #${input.messageId}`,
      )
    case 'words':
      return () => phone.say(input.text, input.replyTo)
    case 'edit':
      return () => phone.edit(input.messageId, input.text)
    case 'photo':
      return () => phone.photo(input.rest)
    case 'file':
      return () => phone.file(input.rest)
    case 'contact':
      return phone.contact
    case 'place':
      return () => phone.plain('location')
    default:
      return () => phone.plain(input.kind)
  }
}

const waitFor = async ({ chat, waitMs = longestWaitMs }: Talk, words: string): Promise<void> => {
  const deadline = performance.now() + waitMs
  while (!chat.has(words)) {
    if (performance.now() > deadline) throw new Refused(`nobody has written «${words}»`)
    await new Promise((resolve) => setTimeout(resolve, 100))
    await chat.refresh()
  }
}
