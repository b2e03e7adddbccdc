import { describe, expect, test } from 'vitest'
import { parseCommand } from '#src/cli/parse.ts'

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
