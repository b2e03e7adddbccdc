import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseCommand } from '#src/cli/parse.ts'
import { runCli } from '#test/support/cli.ts'

let dir: string

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'ryadom-keys-'))
})
afterAll(() => rm(dir, { recursive: true, force: true }))

const ryadom = (line: string) => runCli(dir, line.split(' '))

test('a key is created, shown once, listed without its token, and revoked', async () => {
  const made = await ryadom('key create --name crm --scope requests:read --territory leninsky --days 30')
  expect(made).toMatchObject({ code: 0, err: '' })
  const [first = '', , token = ''] = made.out.split('\n')
  const [, id = ''] =
    /^Created key crm, id ([0-9a-f-]{36}): requests:read; leninsky; until 20[^,]+, in 30 days$/.exec(first) ??
    []
  expect(token).toMatch(/^ryadom_[A-Za-z0-9_-]{43}$/)

  const listed = await ryadom('key list')
  expect(listed.out).toMatch(new RegExp(`^${id}\tcrm\trequests:read\tleninsky\tuntil .*\tnever used\n$`))
  expect(listed.out).not.toContain(token)
  expect((await ryadom(`key revoke ${id}`)).out).toContain('rejected from now on')
  expect((await ryadom('key list')).out).toContain('\trevoked\t')
  expect(await ryadom(`key revoke ${id}`)).toMatchObject({ code: 1, out: '' })
}, 90_000)

test('an unknown territory is rejected with a list of the known ones', async () => {
  const refused = await ryadom('key create --name crm --scope requests:read --territory mars')
  expect(refused).toMatchObject({ code: 1, out: '' })
  expect(refused.err).toContain('Unknown territory: mars. Known territories: leninsky')
}, 60_000)

describe('the command line', () => {
  const words = (line: string) => parseCommand(line.split(' '))

  test('is parsed', () => {
    expect(words('key create --name crm --scope audit:read --scope staff:read --days 7')).toEqual({
      name: 'key-create',
      keyName: 'crm',
      scopes: ['audit:read', 'staff:read'],
      territories: [],
      days: 7,
    })
    expect(words('key create --name crm --scope audit:read')).toMatchObject({ days: 365 })
    expect(words('key list')).toEqual({ name: 'key-list' })
  })

  test.each([
    'key',
    'key make',
    'key list now',
    'key revoke x',
    'key create --name crm',
    'key create --scope audit:read',
    'key create --name crm --scope everything',
    'key create --name crm --scope audit:read --days 0',
    'key create --name crm --scope audit:read --days ',
    'key create --name crm --scope audit:read --days=',
    'key create --name crm --scope audit:read --days 1e3',
    'key create --name crm --scope audit:read --days 0x10',
    'key create --name crm --scope audit:read --days 1.0',
    'key create --name crm --scope audit:read --days 3651',
    'key create --name c\trm --scope audit:read',
    'key create --name c\nrm --scope audit:read',
    'key create --name crm --scope audit:read --role supervisor',
    'key list --territory leninsky',
    'key revoke 018f3a5e-0000-7000-8000-000000000000 --days 3',
    'staff list --role intake',
    'staff add --name Anna --role intake --territory leninsky --days 3',
  ])('«%s» is rejected with its own usage', (line) => {
    expect(() => words(line)).toThrow(`npm run ryadom -- ${line.split(' ')[0]}`)
  })
})
