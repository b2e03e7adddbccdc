import { describe, expect, test } from 'vitest'
import { parseCommand } from '#src/cli/parse.ts'

const id = '018f3a5e-0000-7000-8000-000000000000'
const words = (line: string) => parseCommand(line.split(' '))

describe('commands about access', () => {
  test.each([
    [`access end ${id}`, { name: 'access-end', memberId: id }],
    [`access limit ${id} --per-hour 50`, { name: 'access-limit', actorId: id, perHour: 50 }],
    [`access limit ${id} --per-hour usual`, { name: 'access-limit', actorId: id, perHour: 'usual' }],
    [`audit seen --by ${id} --since 2026-11-01`, { name: 'audit-seen', actorId: id, since: '2026-11-01' }],
    [
      `audit seen --by ${id} --since 2026-11-01T09:00:00+03:00`,
      { name: 'audit-seen', actorId: id, since: '2026-11-01T09:00:00+03:00' },
    ],
  ])('«%s» is parsed', (line, command) => {
    expect(words(line)).toEqual(command)
  })

  test.each([
    'access',
    'access end',
    'access end everybody',
    `access end ${id} --by ${id}`,
    `access end ${id} now`,
    `access limit ${id}`,
    `access limit ${id} --per-hour 0`,
    `access limit ${id} --per-hour many`,
    `audit seen --by ${id}`,
    'audit seen --since 2026-11-01',
    `audit seen --by ${id} --since yesterday`,
    `audit seen --by ${id} --since 2026-11-01T09:00`,
    `audit seen ${id} --since 2026-11-01`,
    `audit look --by ${id} --since 2026-11-01`,
  ])('«%s» is rejected with its own usage', (line) => {
    expect(() => words(line)).toThrow(`npm run ryadom -- ${line.split(' ')[0]}`)
  })
})
