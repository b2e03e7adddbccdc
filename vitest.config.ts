import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { embeddedSet } from './test/support/embedded-set.ts'

/** These take a minute each: begun first, they do not keep one worker busy while the other has nothing left. */
const longest = [
  'browser/surveys',
  'faults/escalation',
  'faults/webhook-kill',
  'faults/kill',
  'storage/kill',
  'browser/',
  'adding-a-screen',
  'faults/',
  'image.test',
  'compose-start',
  'start.test',
  'cli/',
]

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const found = longest.findIndex((part) => moduleId.includes(part))
      return found === -1 ? longest.length : found
    }
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b))
  }
}

/** What talks to a database runs on a PostgreSQL server, and a part of it (by `test:long`, all) on the embedded one. */
const onDatabase = [
  'test/storage/**/*.test.ts',
  'test/journeys/**/*.test.ts',
  'test/faults/**/*.test.ts',
  'test/http/**/*.test.ts',
  'test/channels/**/*.test.ts',
  'test/queue/**/*.test.ts',
]

const youngGeneration = ['--min-semi-space-size=32', '--max-semi-space-size=64']

/** What is waited for comes when a busy machine has got round to it: a wait ends as soon as it may. */
const slow = { testTimeout: 90_000, hookTimeout: 120_000, expect: { poll: { timeout: 30_000 } } }

export default defineConfig({
  test: {
    // Two processors have room for three: a worker waits half of its time, for timers and for the database.
    maxWorkers: 3,
    // The product keeps nothing in its modules that a second app in the same process would find: to load them once per
    // worker, and not once per file, saves a fifth of the time.
    isolate: false,
    // What a world leaves behind dies at once if it is not moved to the old generation first: a fifth less time in all.
    execArgv: youngGeneration,
    setupFiles: ['test/support/seeded.ts'],
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'embedded',
          include: process.env.TEST_LONG === '1' ? onDatabase : embeddedSet,
          globalSetup: ['test/support/embedded.setup.ts'],
          setupFiles: ['test/support/embedded-only.ts'],
          // As `npm start` runs it, see scripts/start.mjs.
          execArgv: [...youngGeneration, '--liftoff-only'],
          provide: { database: 'embedded' },
          ...slow,
        },
      },
      {
        extends: true,
        test: {
          name: 'postgres',
          setupFiles: ['test/support/warm-sessions.ts'],
          include: onDatabase,
          globalSetup: ['test/support/postgres.setup.ts'],
          provide: { database: 'postgres' },
          ...slow,
        },
      },
      {
        extends: true,
        test: {
          name: 'plain',
          include: ['test/**/*.test.ts'],
          exclude: [...onDatabase, 'test/browser/**', 'test/chaos/**'],
          ...slow,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          globalSetup: ['test/browser/sandbox.setup.ts'],
          // Where the sandbox is on the embedded database, that is in the same process.
          execArgv: [
            ...youngGeneration,
            ...(process.env.TEST_DATABASE_URL && process.env.TEST_LONG !== '1' ? [] : ['--liftoff-only']),
          ],
          // The browser closes before the product stops, as they were opened: a page that is still there would say that it is gone.
          sequence: { hooks: 'list' },
          ...slow,
          testTimeout: 120_000,
        },
      },
      // By `npm run test:chaos` only.
      ...(process.env.CHAOS_REQUESTS === undefined
        ? []
        : [
            {
              extends: true as const,
              test: {
                name: 'chaos',
                include: ['test/chaos/**/*.test.ts'],
                globalSetup: ['test/chaos/chaos.setup.ts'],
                provide: { database: 'postgres' as const },
                ...slow,
              },
            },
          ]),
    ],
  },
})
