import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import { readSources } from './support/sources.ts'

const root = join(import.meta.dirname, '..')

/** The tests that `npm run pictures` runs. */
const makers = readSources('test/browser/**/*.ts', 'test/features/surveys/charts.test.ts')
  .map(({ code }) => code)
  .join('\n')
const pictures = readdirSync(join(root, 'docs/pictures')).map((name) => basename(name, '.png'))

/** Their names are put together from what is drawn. */
const charts = /^survey-chart-/

test('every picture in docs is one that a test takes, so that none shows what is no more', () => {
  const taken = (name: string) =>
    makers.includes(`'${name}'`) || makers.includes(`'${name.replace(charts, '')}'`)
  expect(pictures.filter((name) => !taken(name))).toEqual([])
})
