import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { embeddedSet } from './test/support/embedded-set.ts'

/** These take a minute each: begun first, they do not keep one worker busy while the other has nothing left. */
const longest = [
  'random-taps',
  'faults/kill',
  'faults/webhook-kill',
  'faults/telegram',
  'image.test',
  'start.test',
  'browser/',
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

/** What is waited for comes when a busy machine has got round to it: a wait ends as soon as it may. */
const slow = { testTimeout: 30_000, hookTimeout: 60_000, expect: { poll: { timeout: 10_000 } } }

export default defineConfig({
  test: {
    // A PGlite takes some 250 MB, and the tests of time need a processor of their own.
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'embedded',
          include: process.env.TEST_LONG === '1' ? onDatabase : embeddedSet,
          globalSetup: ['test/support/embedded.setup.ts'],
          provide: { database: 'embedded' },
          ...slow,
        },
      },
      {
        extends: true,
        test: {
          name: 'postgres',
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
          exclude: [...onDatabase, 'test/browser/**'],
          ...slow,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
