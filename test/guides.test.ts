import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { menus } from '#dialogue/entry-points.ts'
import { help } from '#src/cli/usage.ts'

// The guides for people in docs/guides name buttons, commands and pictures as they are.

const root = join(import.meta.dirname, '..')
const folder = join(root, 'docs/guides')
const guides = readdirSync(folder).filter((name) => name.endsWith('.md'))
const textOf = (name: string) => readFileSync(join(folder, name), 'utf8')

type Tree = { [key: string]: string | Tree }
const valuesOf = (tree: Tree): string[] =>
  Object.values(tree).flatMap((one) => (typeof one === 'string' ? [one] : valuesOf(one)))
const labels = new Set(
  readdirSync(join(root, 'locales/ru'))
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => valuesOf(JSON.parse(readFileSync(join(root, 'locales/ru', name), 'utf8')) as Tree)),
)

test.each(guides)('%s: every button in bold type is a label of the bot', (name) => {
  const named = [...textOf(name).matchAll(/\*\*([^*]+)\*\*/g)].map(([, label]) => label ?? '')
  expect(named.filter((label) => !labels.has(label))).toEqual([])
})

test.each(guides)('%s: pictures and pages are there, commands exist', (name) => {
  const text = textOf(name)
  const files = [...text.matchAll(/(?:src="|\]\()([^"#)]+)/g)].map(([, path]) => path ?? '')
  for (const path of files.filter((one) => one !== '' && !one.startsWith('http')))
    expect(() => readFileSync(join(folder, path)), path).not.toThrow()
  const known = new Set(Object.values(menus).flatMap((items) => items.map(({ command }) => command)))
  const commands = [...text.matchAll(/`\/([a-z]+)`/g)].map(([, one]) => one ?? '')
  expect(commands.filter((one) => !known.has(one))).toEqual([])
  const typed = [...text.matchAll(/npm run (?:-s )?ryadom -- (\w+(?: [a-z][\w-]*)?)/g)].map(
    ([, one]) => one ?? '',
  )
  expect(typed.filter((one) => !help.includes(`-- ${one}`))).toEqual([])
})

test('the leaflets for families fit one sheet of A4', () => {
  for (const name of ['parent.md', 'teenager.md']) expect([...textOf(name)].length).toBeLessThanOrEqual(2_600)
})
