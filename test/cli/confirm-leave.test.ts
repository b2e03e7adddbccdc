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
  await expect(mayRun(leave, execute)).rejects.toThrow(/families\t3[\s\S]*--yes/)
  expect(asked).toEqual([{ name: 'staff-work', staffId: leave.staffId }])
  expect(await mayRun({ ...leave, yes: true }, execute)).toBe(true)
  expect(await mayRun({ name: 'staff-list' }, execute)).toBe(true)
  expect(asked).toHaveLength(1)
})
