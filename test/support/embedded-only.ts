import { relative } from 'node:path'
import { beforeEach, type RunnerTestCase, type RunnerTestSuite } from 'vitest'
import { embeddedTests } from './embedded-set.ts'

// Loaded by the project `embedded`: skips the tests of a file that its part does not name.
const root = new URL('../..', import.meta.url).pathname

const fullName = (task: { name: string; suite?: RunnerTestSuite | undefined }): string =>
  task.suite?.name ? `${fullName(task.suite)} ${task.name}` : task.name

const testsOf = (suite: RunnerTestSuite): RunnerTestCase[] =>
  suite.tasks.flatMap((task) => (task.type === 'suite' ? testsOf(task) : [task]))

if (process.env.TEST_LONG !== '1')
  beforeEach(({ task, skip }) => {
    const { file } = task
    const named = embeddedTests[relative(root, file.filepath)]
    if (!named) return
    // A test that was renamed must not fall out of the part.
    const known = new Set(testsOf(file).map(fullName))
    const lost = named.filter((name) => !known.has(name))
    if (lost.length > 0) throw new Error(`embedded-set.ts names tests that are not there: ${lost.join('; ')}`)
    skip(!named.includes(fullName(task)), 'runs on PostgreSQL only; npm run test:long runs it here, too')
  })
