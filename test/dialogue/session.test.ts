import { describe, expect, test } from 'vitest'
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
  expect(readSession(kept)).toEqual({ ...kept, cardId: '345', seen: ['1', '2'] })
})

describe('a session with the numbers of Telegram, as they were kept before there were channels, goes on', () => {
  const seen = [795510806, 795510807]
  test.each([
    {
      name: 'before the first consent',
      kept:
        '{"v":1,"screen":{"name":"question","id":"personalData"},"revision":2,"confidential":false,"cardId":4,' +
        '"lastInput":1795510803822,"seen":[795510806,795510807],"answers":{"applicant":"parent"},"address":"adult"}',
      ids: { cardId: '4' },
    },
    {
      name: 'with the keyboard that offers the phone',
      kept:
        '{"v":1,"screen":{"name":"question","id":"phone"},"revision":10,"confidential":false,"cardId":11,' +
        '"lastInput":1795510802406,"seen":[795510806,795510807],"draft":7,"address":"adult","contactHintId":10}',
      ids: { cardId: '11', contactHintId: '10' },
    },
    {
      name: 'under the crisis card',
      kept:
        '{"v":1,"screen":{"name":"summary"},"revision":14,"confidential":false,"cardId":14,' +
        '"lastInput":1795510804600,"seen":[795510806,795510807],"draft":11,"address":"adult","crisis":795510819}',
      ids: { cardId: '14', crisis: 795510819 },
    },
    {
      name: 'of a member of staff with a case',
      kept:
        '{"v":1,"screen":{"name":"case","requestId":"5236613a-9c45-4953-ab86-66fe294bd6c1"},"revision":3,' +
        '"confidential":false,"cardId":18,"lastInput":1795510805388,"seen":[795510806,795510807]}',
      ids: { cardId: '18' },
    },
  ])('$name', ({ kept, ids }) => {
    const read = readSession(JSON.parse(kept))
    expect(read).toEqual({ ...JSON.parse(kept), ...ids, seen: seen.map(String) })
    expect(readSession(JSON.parse(JSON.stringify(read)))).toEqual(read)
  })
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
