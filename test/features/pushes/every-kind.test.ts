import { expect, test } from 'vitest'
import { loadTexts } from '#core/text.ts'
import { pushNotice } from '#dialogue/pushes/push-notice.ts'
import { decidePush, type PushReceiver } from '#features/pushes/decide-push.ts'
import { defaultQuietHours } from '#features/pushes/quiet-hours.ts'
import { region } from '#regions/index.ts'
import type { PushSubject } from '#storage/pushes/push-subjects.ts'
import { type PushKind, pushKinds, type PushWithRecipient } from '#storage/pushes/pushes.ts'

const day = new Date('2026-11-25T12:00:00Z')
/** 23:30 in Moscow. */
const night = new Date('2026-11-25T20:30:00Z')
const hour = 60 * 60_000

const visitOf = (kind: PushKind, now: Date): NonNullable<PushSubject['visit']> =>
  ({
    id: 'v',
    version: 1,
    status: kind === 'visit-cancelled' ? 'cancelled' : 'planned',
    startsAt: new Date(now.getTime() + 30 * hour),
    endsAt: new Date(now.getTime() + 31 * hour),
    audience: 'family',
    memberIds: [],
    lastMove: null,
    movedFrom: null,
  }) as unknown as NonNullable<PushSubject['visit']>

/** A subject of which each kind is news. */
const subjectOf = (kind: PushKind, now: Date): PushSubject => ({
  member: { id: 'm', role: 'minor', unconfirmedSince: null },
  visit: kind.startsWith('visit-') ? visitOf(kind, now) : null,
  message: { memberId: 'm', read: false },
  survey: {
    memberId: 'm',
    open: true,
    dueAt: new Date(now.getTime() - hour),
    openedAt: null,
    expiresAt: new Date(now.getTime() + 48 * hour),
    urgent: false,
  },
  counted: 1,
  newerPlanPush: false,
})

const push = (kind: PushKind, now: Date, urgent = false) => ({
  kind,
  subjectId: 's',
  version: 1,
  urgent,
  at: now,
  familyId: 'f',
})
const receiver: PushReceiver = {
  pushMode: 'open',
  quiet: defaultQuietHours,
  unreachable: false,
  hidden: false,
  inQuestion: false,
}
const decided = (kind: PushKind, to: Partial<PushReceiver>, now = day, urgent = false) =>
  decidePush(push(kind, now, urgent), {
    subject: subjectOf(kind, now),
    receiver: { ...receiver, ...to },
    timeZone: 'Europe/Moscow',
    now,
  }).act

test.each(pushKinds)('«%s» is sent by day to somebody who may be written to', (kind) => {
  expect(decided(kind, {})).toBe('send')
})

test.each(pushKinds)('«%s» obeys «не писать», hiding, a block and the quiet hours', (kind) => {
  for (const urgent of [false, true]) {
    expect(decided(kind, { pushMode: 'none' }, day, urgent)).toBe('drop')
    expect(decided(kind, { hidden: true }, day, urgent)).toBe('hold')
    expect(decided(kind, { unreachable: true }, day, urgent)).toBe('hold')
  }
  expect(['wait', 'drop']).toContain(decided(kind, {}, night))
  expect(decided(kind, {}, night, true)).toBe('send')
})

test.each(pushKinds)('«%s» says in discreet mode that there is something, and nothing else', async (kind) => {
  const texts = await loadTexts('locales')
  const deps = { texts, region: region('stavropol'), clock: { now: () => day } }
  const person = {
    id: 'p',
    account: 'telegram:1',
    language: 'ru',
    address: 'minor',
    pushMode: 'discreet',
    hidden: false,
    quietFrom: '21:00',
    quietUntil: '08:00',
    unreachableSince: null,
  }
  const row = {
    ...push(kind, day),
    id: 'i',
    key: 'k',
    personId: 'p',
    status: 'waiting',
    endedAt: null,
    person,
  }
  const { view } = pushNotice(deps, row as PushWithRecipient, { visit: visitOf(kind, day) })
  expect(view.html).toBe('У тебя новое сообщение.')
  expect(view.rows.flat().map(({ label }) => label)).toEqual(['Посмотреть'])
})
