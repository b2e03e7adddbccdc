import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { readInput } from '#sandbox/talk/input.ts'
import { startSmallBot } from '#test/browser/small-bot.ts'
import { compileCache } from '#test/support/product-process.ts'

const root = join(import.meta.dirname, '../..')

/** `npm run talk` with these lines piped into it. */
const talk = async (lines: readonly string[], ...args: string[]) => {
  const { PATH = '' } = process.env
  const child = spawn(process.execPath, [join(root, 'scripts/talk.mjs'), ...args], {
    env: { PATH, NODE_COMPILE_CACHE: compileCache },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => {
      output += text
    })
  child.stdin.end(lines.map((line) => `${line}\n`).join(''))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, output }
}

const smallBot = async () => {
  const bot = await startSmallBot()
  onTestFinished(bot.stop)
  return bot
}

test('a script walks as a person: cards, buttons by number and label, words, replies and files', async () => {
  const { url, telegram } = await smallBot()
  const { code, output } = await talk(
    [
      '/start',
      '1',
      '[Важное]',
      '/phone',
      '4',
      '# a comment',
      '=2',
      '2',
      'да',
      '/reply 2 про это',
      '/voice',
      '/photo Дверь',
    ],
    '--as',
    'mother',
    '--url',
    url,
  )
  expect(output).toMatch(
    /#2 ─+\nЗдравствуйте, без приглашения\n {2}1 {2}Выбрать\n {2}2 {2}Дальше {4}3 {2}Важное/,
  )
  expect(output).toMatch(/> 1\n.*#2 · changed ─+\n.*\n {2}1 {2}✓ Выбрано/)
  expect(output).toContain('   Прочтите')
  expect(output).toContain('  4  ⌨ Отправить мой номер')
  expect(output).toContain('Записан 79001112233')
  expect(output).toContain('Получено: 2')
  // A number beside a button presses it.
  expect(output).toMatch(/> 2\n.*#2 · changed ─+\nВторой вопрос/)
  const own = telegram.chat(5_000_001).filter(({ by }) => by === 'person')
  expect(own.find(({ text }) => text === 'про это')?.reply_to_message?.message_id).toBe(2)
  expect(own.some(({ voice }) => voice)).toBe(true)
  expect(own.at(-1)).toMatchObject({ caption: 'Дверь' })
  expect(code).toBe(0)
})

test('a script that has gone astray ends there, and the talk reaches this machine only', async () => {
  const { url } = await smallBot()
  const lost = await talk(['/start', '[Нет такой]', 'дальше'], '--as', 'neighbour', '--url', url)
  expect(lost).toMatchObject({ code: 1, output: expect.stringContaining('! there is no button [Нет такой]') })
  expect(lost.output).not.toContain('> дальше')
  const beyond = await talk([], '--url', 'http://example.org')
  expect(beyond).toMatchObject({ code: 1, output: expect.stringContaining('on this machine only') })
  const nobody = await talk([], '--as', 'nobody', '--url', url)
  expect(nobody.output).toMatch(/teenager +Даша/)
})

test('without an address it starts a sandbox of its own, and pushes appear as they come', async () => {
  const { code, output } = await talk(
    [':wait Вы на связи', '/start', '[Как это устроено]'],
    '--as',
    'specialist',
  )
  expect(output).toContain('Анна (intake)')
  expect(output).toContain('Вы на связи')
  expect(code).toBe(0)
})

test('words are typed as they stand, whatever they are', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (words) => {
      expect(readInput(`=${words}`)).toEqual({ kind: 'words', text: words.trimEnd() })
    }),
  )
  fc.assert(
    fc.property(fc.stringMatching(/^[а-яё][а-яё0-9 ,.:#/[\]=-]*$/), (words) => {
      expect(readInput(words)).toEqual({ kind: 'words', text: words })
    }),
  )
})
