import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const compose = readFileSync(join(import.meta.dirname, '..', 'compose.yaml'), 'utf8')
const example = readFileSync(join(import.meta.dirname, '..', '.env.example'), 'utf8')
const service = (name: string) =>
  new RegExp(`^  ${name}:\\n((?: {4}.*\\n|\\n)+)`, 'm').exec(compose)?.[1] ?? ''

test('the composed Redis asks for a password, and none of its screens reaches a disk', () => {
  const redis = service('redis')
  const command = [...redis.matchAll(/^ {6}- (.+)$/gm)].map(([, word = '']) => word.replaceAll("'", ''))
  const password = `\${REDIS_PASSWORD:?set it in .env}`
  expect(command.slice(0, 7)).toEqual([
    'redis-server',
    '--requirepass',
    password,
    '--save',
    '',
    '--appendonly',
    'no',
  ])
  expect(redis).not.toMatch(/volumes:/)
  expect(redis).toContain("tmpfs: ['/data']")
  expect(service('app')).toContain(`redis://:${password}@redis:6379`)
  expect(example).toMatch(/^REDIS_PASSWORD=$/m)
})
