import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { long } from './support/effort.ts'
import { applyStep, copyRepository, type Step, stepsOf } from './support/scripted-example.ts'

// The example in CONTRIBUTING.md, carried out on a copy of the repository. A quarter of a minute, worth it: it is the
// first thing that somebody new does here, and it shows how many places a screen touches.
const root = join(import.meta.dirname, '..')
const run = promisify(execFile)
let copy = ''
let steps: Step[] = []

beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'ryadom-example-'))
  steps = stepsOf(await readFile(join(root, 'CONTRIBUTING.md'), 'utf8'))
  copyRepository(root, copy)
})
afterAll(() => rm(copy, { recursive: true, force: true }))

test('a screen with a button, a link and a command touches six files, its texts and its test included', () => {
  expect(steps.length).toBeGreaterThan(0)
  expect(new Set(steps.map(({ path }) => path)).size).toBeLessThanOrEqual(6)
})

test('until the screen is whole, the compiler names what is missing, and nothing else', async () => {
  const registered = steps.filter(({ path }) => !path.endsWith('/home/index.ts'))
  for (const step of registered) applyStep(copy, step)
  expect(await typeProblems()).toEqual([expect.stringContaining("Property 'hours' is missing")])
}, 240_000)

test('then it compiles, and is reached by the button and by the command', async () => {
  for (const step of steps.filter(({ path }) => path.endsWith('/home/index.ts'))) applyStep(copy, step)
  // In the check the only problem that there was has been seen to; half a minute of the compiler would say so again.
  if (long) expect(await typeProblems()).toEqual([])
  await writeFile(join(copy, 'example.config.ts'), config)
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: '' }
  const asked = [vitest, 'run', '--config=example.config.ts']
  const { stdout } = await run(process.execPath, asked, { cwd: copy, env }).catch(
    (error) => error as { stdout: string },
  )
  expect(stdout).toMatch(/Test Files {2}3 passed/)
}, 360_000)

/**
 * What keeps the copy from compiling: the layer that knows screens, with all that it imports; by `npm run test:long` the
 * whole tree.
 */
const typeProblems = async (): Promise<string[]> => {
  const settings = { extends: './tsconfig.json', ...(long ? {} : { include: ['src/dialogue'] }) }
  await writeFile(join(copy, 'example.tsconfig.json'), JSON.stringify(settings))
  try {
    await run(
      join(root, 'node_modules/.bin/tsc'),
      // Of several checkers, each instantiates most types anew.
      ['--project', 'example.tsconfig.json', '--noEmit', '--checkers', '1', '--pretty', 'false'],
      { cwd: copy },
    )
    return []
  } catch (error) {
    const { stdout } = error as { stdout?: string }
    const problems = (stdout ?? '').split('\n').filter((line) => /^\S.*: error TS/.test(line))
    if (problems.length === 0) throw error
    return problems
  }
}

const onServers = Boolean(process.env.TEST_DATABASE_URL && process.env.TEST_REDIS_URL)
const config = `export default { test: {
  include: ['test/journeys/home/hours.test.ts', 'test/locales.test.ts', 'test/architecture.test.ts'],
  testTimeout: 60_000, hookTimeout: 60_000, isolate: false, maxWorkers: 1,
  globalSetup: ['test/support/${onServers ? 'postgres' : 'embedded'}.setup.ts'],
  provide: { database: '${onServers ? 'postgres' : 'embedded'}' },
} }
`
