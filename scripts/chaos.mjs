// `npm run test:chaos -- --requests 300 [--seed N]`: families submit and write while instances, Redis and PostgreSQL die.
// Ends with 1 if a request or a note was lost or doubled. Needs PostgreSQL's programs or TEST_DATABASE_URL, and Redis.
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { runChild } from './child.mjs'
import { ensureInstalled, explain, root } from './install.mjs'

const { values } = parseArgs({
  options: { requests: { type: 'string', default: '60' }, seed: { type: 'string' } },
})

const run = (node) =>
  runChild(node, {
    args: [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--project=chaos', '--reporter=verbose'],
    env: {
      NODE_OPTIONS: '--disable-warning=ExperimentalWarning',
      CHAOS_REQUESTS: values.requests,
      ...(values.seed === undefined ? {} : { CHAOS_SEED: values.seed }),
    },
  })

await ensureInstalled()
  .then(run)
  .then((code) => process.exit(code), explain)
