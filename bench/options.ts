import { parseArgs } from 'node:util'

export const contestants = ['limit', 'bare', 'conversations', 'scenes', 'ours'] as const
export type Contestant = (typeof contestants)[number]

export type Options = {
  only: Contestant[]
  /** Duration of each measured phase. */
  seconds: number
  rounds: number
  /** Virtual chats of the closed loop. */
  chats: number
  /** Share of the usual number of rows, for benches that fill a database. */
  scale: number
  /** A server where databases may be created and dropped; without a path. */
  postgres: string
  /** Databases 14 and 15 of this server must be empty; they are flushed at the end. */
  redis: string
}

const letters: Record<string, Contestant> = {
  l: 'limit',
  a: 'bare',
  b: 'conversations',
  c: 'scenes',
  d: 'ours',
}

export const usage = `npm run bench -- [--only a,b] [--seconds 5] [--rounds 3] [--chats 64]
  [--postgres postgresql://postgres@127.0.0.1:5432] [--redis redis://127.0.0.1:6379]
  a bare, l the same with the leanest HTTP client, b conversations, c scenes, d ours
`

/** @throws Error with a readable message for the command line */
export const readOptions = (args: string[]): Options => {
  const text = { type: 'string' } as const
  const { values } = parseArgs({
    args,
    options: {
      only: text,
      seconds: text,
      rounds: text,
      chats: text,
      scale: text,
      postgres: text,
      redis: text,
    },
  })
  return {
    only: values.only ? values.only.split(',').map(contestant) : [...contestants],
    seconds: positive('seconds', values.seconds, 5),
    rounds: positive('rounds', values.rounds, 3),
    chats: positive('chats', values.chats, 64),
    scale: positive('scale', values.scale, 1),
    postgres: values.postgres ?? 'postgresql://postgres@127.0.0.1:5432',
    redis: values.redis ?? 'redis://127.0.0.1:6379',
  }
}

const contestant = (word: string): Contestant => {
  const found = letters[word] ?? contestants.find((name) => name === word)
  if (!found) throw new Error(`--only: expected letters or names of ${contestants.join(', ')}, got «${word}»`)
  return found
}

const positive = (name: string, text: string | undefined, otherwise: number): number => {
  const value = text === undefined ? otherwise : Number(text)
  if (!(value > 0)) throw new Error(`--${name}: expected a positive number, got «${text}»`)
  return value
}
