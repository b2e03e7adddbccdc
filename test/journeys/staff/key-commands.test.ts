import { expect, test } from 'vitest'
import { openInstallation } from '#test/support/cli.ts'

test('a key is created, shown once, listed without its token, and revoked; an unknown territory is refused', async () => {
  const installation = await openInstallation()
  const ryadom = (line: string) => installation.ryadom(...line.split(' '))
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

  const refused = await ryadom('key create --name crm --scope requests:read --territory mars')
  expect(refused).toMatchObject({ code: 1, out: '' })
  expect(refused.err).toContain('Unknown territory: mars. Known territories: leninsky')
}, 90_000)
