import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')

/** Rows of the table of duties: the last two cells are paths. */
const duties = readFileSync(join(root, 'docs/legal.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && line.includes('`'))
  .map((line) => line.split('|').slice(1, -1))

test('each duty of the law names a file and a test that exist', () => {
  expect(duties.length).toBeGreaterThan(15)
  for (const [norm = '', , where = '', shown = ''] of duties)
    for (const cell of [where, shown]) {
      const paths = [...cell.matchAll(/`([^`]+)`/g)].map(([, path]) => path ?? '')
      expect(paths.length, norm).toBeGreaterThan(0)
      for (const path of paths) expect(existsSync(join(root, path)), `${norm}: ${path}`).toBe(true)
    }
  for (const [norm = '', , , shown = ''] of duties) expect(shown, norm).toContain('.test.ts')
})
