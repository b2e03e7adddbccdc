import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { parseArgs } from 'node:util'
import { createClient, Refused } from './client.ts'
import { createConversation } from './conversation.ts'
import { choosePerson } from './people.ts'
import { help, runLine, usage } from './run-line.ts'

// `npm run talk`: one person's chat with the sandbox in a terminal. scripts/talk.mjs starts a sandbox if none is named.
const { values } = parseArgs({
  options: {
    as: { type: 'string', default: 'parent' },
    url: { type: 'string', default: 'http://127.0.0.1:3000' },
    script: { type: 'string' },
    language: { type: 'string', default: 'ru' },
    help: { type: 'boolean', short: 'h', default: false },
  },
})
const { as, url, script, language } = values

const interactive = script === undefined && process.stdin.isTTY === true
/** On a terminal, over the prompt, which is written again below. */
const print = (text: string) => void process.stdout.write(`${interactive ? '\r\x1b[K' : ''}${text}\n`)

const scriptOf = async (path: string): Promise<string> => {
  const text = await readFile(path, 'utf8').catch(() => null)
  if (text === null) throw new Refused(`${path} cannot be read`)
  return text
}

const talk = async (): Promise<void> => {
  const client = createClient(url)
  const person = await choosePerson(client, as, language)
  const chat = createConversation(client, person.id, print)
  print(`${person.firstName} (${person.part}), phone ${person.id}. ${interactive ? `\n${help}` : ''}`)
  await chat.refresh(true)
  const lines = createInterface({
    input: script === undefined ? process.stdin : Readable.from(await scriptOf(script)),
    ...(interactive && { output: process.stdout, prompt: '> ' }),
  })
  const following = new AbortController()
  const news = () => void chat.refresh().then(() => lines.prompt(true))
  const followed = interactive ? client.follow(news, following.signal) : undefined
  if (interactive) lines.prompt()
  for await (const line of lines) {
    if (!interactive) print(`> ${line}`)
    try {
      if (!(await runLine({ client, chat, print }, line))) break
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      print(`! ${error.message}`)
      // A script that has gone astray must not press whatever stands there instead.
      if (!interactive) {
        process.exitCode = 1
        break
      }
    }
    if (interactive) lines.prompt()
  }
  lines.close()
  following.abort()
  await followed
}

try {
  if (values.help) print(`${usage}\n\n${help}`)
  else await talk()
} catch (error) {
  const away = error instanceof TypeError && error.message === 'fetch failed'
  if (!away && !(error instanceof Refused)) throw error
  process.stderr.write(`${away ? `no sandbox answers at ${url}: is npm start running?` : error.message}\n`)
  process.exitCode = 1
}
