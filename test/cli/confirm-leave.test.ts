import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { mayRun } from '#src/cli/confirm-leave.ts'
import type { Command } from '#control/command.ts'

const leave = { name: 'staff-leave', staffId: '018f3a5e-0000-7000-8000-000000000000', to: 'evenly' } as const

test('leaving says first what is handed over; without a terminal it wants --yes', async () => {
  const asked: Command[] = []
  const execute = async (command: Command) => {
    asked.push(command)
    return ['families\t3']
  }
  const piped = { input: new PassThrough(), output: new PassThrough() }
  await expect(mayRun(leave, execute, piped)).rejects.toThrow(/families\t3[\s\S]*--yes/)
  expect(asked).toEqual([{ name: 'staff-work', staffId: leave.staffId }])
  expect(await mayRun({ ...leave, yes: true }, execute, piped)).toBe(true)
  expect(await mayRun({ name: 'staff-list' }, execute, piped)).toBe(true)
  expect(asked).toHaveLength(1)
})

test.each([
  ['yes\n', true],
  [' YES \r\n', true],
  ['y\n', true],
  ['no\n', false],
  ['n\n', false],
  ['\n', false],
  ['yes please\n', false],
  ['yess\nyes\n', false],
  // Ctrl+D, and a terminal that was closed in the middle of a word.
  ['', false],
  ['ye', false],
])('at a terminal %j means %s', async (typed, goes) => {
  const input = Object.assign(new PassThrough(), { isTTY: true })
  const output = new PassThrough()
  input.end(typed)
  expect(await mayRun(leave, async () => ['families\t3'], { input, output })).toBe(goes)
  expect(String(output.read())).toMatch(/families\t3[\s\S]*Go on\? Type «yes»: $/)
})
