import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { beforeEach } from 'vitest'
import { seedFrom } from './effort.ts'

// Loaded before each test file: properties begin where `PROPERTY_SEED` says, and each test elsewhere, because those of one
// file may share a database, in which the same ids come once.

const seed = seedFrom('PROPERTY_SEED')

const begin = (name: string): void => {
  const hash = createHash('sha256').update(`${seed} ${name}`).digest()
  fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: hash.readInt32LE() })
}

begin('')
beforeEach(({ task }) => begin(task.fullTestName))
