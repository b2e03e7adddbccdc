import { expect, test } from 'vitest'
import { readSession } from '#dialogue/read-session.ts'
import { newSession } from '#dialogue/session.ts'
import { landedStates } from './landed-states.ts'

test('a session that was kept before families were known goes on where it was', () => {
  const kept = {
    v: 1,
    language: 'ru',
    screen: { name: 'question', id: 'helpKinds', ticked: ['psychologist'] },
    revision: 12,
    cardId: 345,
    seen: [1, 2],
    draft: 4,
  }
  expect(readSession(kept)).toEqual(kept)
})

test.each([
  [undefined],
  [{}],
  [{ v: 2, screen: { name: 'home' }, revision: 0 }],
  [{ v: 1, screen: { name: 'nowhere' }, revision: 0 }],
  [{ v: 1, screen: { name: 'visit', visitId: 'no-id' }, revision: 0 }],
])('what is missing, or not understood, begins anew', (kept) => {
  expect(readSession(kept)).toEqual(newSession())
})

test.each(landedStates.map((state) => [state.name, state] as const))(
  'a state of a landed version is still read, as the screen and as what Back leads to: %s',
  (_, state) => {
    const kept = { v: 1, screen: state, before: state, revision: 7 }
    expect(readSession(kept)).toEqual(kept)
  },
)
