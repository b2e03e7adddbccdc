import { expect, test } from 'vitest'
import { type RequestStanding, requestRights } from '#features/requests/request-access.ts'
import { staffRoles } from '#storage/staff/staff.ts'

const relations = ['holder', 'assignee', 'none'] as const
const states = ['waiting', 'claimed', 'check', 'over'] as const
const flags = [true, false]

const everybody: RequestStanding[] = staffRoles.flatMap((role) =>
  relations.flatMap((relation) =>
    states.flatMap((state) =>
      flags.flatMap((active) => flags.map((concerned) => ({ role, relation, state, active, concerned }))),
    ),
  ),
)

const may = (right: 'note' | 'give' | 'decide') =>
  everybody
    .filter((one) => requestRights(one).has(right))
    .map(({ role, relation, state }) => `${state}: ${role} ${relation}`)

test('nobody acts who is gone, whom it does not concern, or a curator; nothing is done to what is over', () => {
  const idle = everybody.filter(
    ({ active, concerned, role, state }) => !active || !concerned || role === 'curator' || state === 'over',
  )
  expect(idle.filter((one) => requestRights(one).size > 0)).toEqual([])
})

test('only whoever has it decides', () => {
  expect(may('decide')).toEqual(['claimed: intake holder', 'claimed: supervisor holder'])
})

test('whoever has it gives it away, or a supervisor', () => {
  expect(new Set(may('give'))).toEqual(
    new Set([
      'waiting: intake assignee',
      'claimed: intake holder',
      ...relations.flatMap((relation) => [
        `waiting: supervisor ${relation}`,
        `claimed: supervisor ${relation}`,
      ]),
    ]),
  )
})

test('nobody notes what another specialist has, except supervisors', () => {
  expect(may('note').filter((one) => one.startsWith('claimed: intake'))).toEqual(['claimed: intake holder'])
})
