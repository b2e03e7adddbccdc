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

test('the composed app has a user of the database that owns nothing, and no other password of it', () => {
  const app = service('app')
  const password = (name: string) => `\${POSTGRES_${name}:?set it in .env}`
  const url = (user: string, name: string) => `postgresql://${user}:${password(name)}@postgres:5432/ryadom`
  expect(app).toContain(`DATABASE_URL: ${url('ryadom_app', 'APP_PASSWORD')}`)
  // `env_file` would hand them on.
  expect(app).toContain("      POSTGRES_PASSWORD: ''\n      POSTGRES_MIGRATE_PASSWORD: ''\n")
  expect(app).toContain('setup: { condition: service_completed_successfully }')
  expect(service('setup')).toContain(`DATABASE_URL: ${url('ryadom_migrate', 'MIGRATE_PASSWORD')}`)
  expect(service('setup')).not.toContain('env_file')
  expect(service('users')).toContain("volumes: ['./prisma/roles.sql:/roles.sql:ro']")
  for (const name of ['POSTGRES_PASSWORD', 'POSTGRES_MIGRATE_PASSWORD', 'POSTGRES_APP_PASSWORD'])
    expect(example).toMatch(new RegExp(`^${name}=$`, 'm'))
})

test('users do not come before PostgreSQL can be reached over the network', () => {
  expect(service('postgres')).toContain("test: ['CMD-SHELL', 'pg_isready -h 127.0.0.1 -U ryadom -d ryadom']")
})

test('no composed service may write to itself, gain rights, or be another version tomorrow', () => {
  const names = [...(compose.split(/^services:\n/m)[1] ?? '').matchAll(/^ {2}(\w+):\n/gm)].map(
    ([, name = '']) => name,
  )
  const services = names.filter((name) => name !== 'database')
  expect(services).toEqual(['app', 'setup', 'users', 'postgres', 'redis'])
  expect(compose).toMatch(
    /^x-locked: &locked\n {2}read_only: true\n {2}cap_drop: \[ALL\]\n {2}security_opt: \['no-new-privileges:true'\]\n/m,
  )
  for (const name of services) {
    expect(service(name), name).toMatch(/^ {4}<<: \*locked$/m)
    expect(service(name), name).not.toMatch(/read_only: false|cap_add|privileged/)
    expect(service(name), name).toMatch(/^ {4}image: (?:ryadom|\w+:\d+\.\d+(?:\.\d+)?)$/m)
  }
  // Theirs start as root and give it up, which needs rights.
  for (const name of ['users', 'postgres', 'redis']) expect(service(name), name).toMatch(/^ {4}user: \w+$/m)
})
