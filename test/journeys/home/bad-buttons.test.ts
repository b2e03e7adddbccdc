import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { draftOf } from '#test/support/drafts.ts'
import { adultSubmits, parentAnswers, type Steps } from '#test/support/intake.ts'
import { rowsOf } from '#test/support/rows.ts'
import { openWorld } from '#test/support/world.ts'

const tuesday = '2026-11-24T09:00:00Z'
const upTo = (screen: string, steps: Steps = parentAnswers()): Steps =>
  steps.slice(0, steps.findIndex(([, shown]) => shown === screen) + 1)

const nobody = '018f0000-0000-7000-8000-000000000000'
const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'prototype']

/** Buttons for family members and staff, which lead nowhere for anybody else. */
const familyLinks = [
  ...['families', 'plan', 'visits', 'visit', 'activity', 'messages', 'settings'],
  ...['calendar', 'visit-ics', 'activity-ics', 'thread', 'my-visits'],
  ...['list', 'card', 'names', 'invite', 'visits', 'visit', 'plan', 'said', 'thread'].map((to) => `f-${to}`),
]

/** Data of no existing button; `now` is the revision of the current card. */
const byHand = (now: string): string[] => [
  randomBytes(48).toString('base64'),
  String.fromCodePoint(...randomBytes(64)),
  '\u0000'.repeat(64),
  'я'.repeat(32),
  ...names,
  ...names.flatMap((name) => [`${now}.${name}.`, `-.${name}.`, `${now}.set.${name}`, `${now}.tick.${name}`]),
  ...names.flatMap((name) => [`${name}.set.no`, `-.sos.${name}`, `-.take.${name}`, `${now}.change.${name}`]),
  ...['', '.', '..', '...', '-', '-.', '-..', `${now}.`, `${now}..`, `${now}.set`, `${now}.set.no.more`],
  ...['agree', 'refuse', 'full', 'submit', 'yes', 'no', 'withdraw', 'note', 'restart'].map(
    (one) => `${now}.${one}.`,
  ),
  ...['set', 'tick', 'done', 'skip', 'page', 'submit', 'withdraw'].map((action) => `-.${action}.`),
  ...['nyagan', 'parent', 'NaN', '1e9', 'leninsky'].map((arg) => `${now}.set.${arg}`),
  ...['-1', '99', '9999999999', 'one'].map((arg) => `${now}.page.${arg}`),
  ...['zzzzzzzz', '0', 'ffff', '-1', '9'.repeat(40)].map((revision) => `${revision}.done.`),
  ...['take', 'pass', 'details', 'story', 'card', 'contact', 'write'].map(
    (action) => `-.${action}.${nobody}`,
  ),
]

test('forged button data changes no answer, gets a response, and leaves the card in place', async () => {
  const world = await openWorld({ at: tuesday })
  const olga = world.person()
  await olga.play([...upTo('question.helpKinds'), ['Помощь психолога', /Отмечено/]])
  const kept = { draft: await draftOf(world.database, olga), rows: await rowsOf(world.database) }
  const revision = () => olga.dataOf('‹ Назад').split('.')[0] ?? ''
  for (const data of byHand(revision())) {
    const now = data.replace(/^[^.]+(?=\.(agree|refuse|full|submit|set|tick|page|change))/, revision())
    expect(await olga.byHand(data.startsWith('-') ? data : now), JSON.stringify(data)).not.toBe('expired')
    expect(olga.messages().at(-1)?.by, JSON.stringify(data)).toBe('bot')
    expect(olga.buttons(olga.card()).length, JSON.stringify(data)).toBeGreaterThan(1)
    // A button that leads to the menu, as those of staff do for a family, loses nothing either.
    if (!/Какая помощь нужна/.test(olga.text())) {
      await olga.play([
        ['/menu', 'home'],
        ['Продолжить', 'question.helpKinds'],
      ])
    }
  }
  expect(await draftOf(world.database, olga)).toEqual(kept.draft)
  const { processed_updates: _, ...rows } = await rowsOf(world.database)
  const { processed_updates: __, ...before } = kept.rows
  expect(rows).toEqual(before)
})

test('a person without family or staff role gets nothing from their buttons', async () => {
  const world = await openWorld({ at: tuesday })
  const olga = world.person()
  await olga.play([['/start', 'home']])
  const { processed_updates: _, ...before } = await rowsOf(world.database)
  for (const data of familyLinks.flatMap((to) => [`-.${to}.${nobody}`, `-.${to}.no-id`])) {
    expect(await olga.byHand(data), data).not.toBe('expired')
    expect(olga.buttons(olga.card()).length, data).toBeGreaterThan(1)
  }
  // Nothing is given up, and nobody is alerted.
  const { processed_updates: __, ...rows } = await rowsOf(world.database)
  expect(rows).toEqual(before)
})

test('another person’s button, copied from their chat, does nothing to either', async () => {
  const world = await openWorld({ at: tuesday })
  const [olga, dasha] = [world.person(), world.person({ firstName: 'Даша', phone: '+79001112244' })]
  await olga.play(parentAnswers())
  await dasha.play(upTo('question.danger'))
  const card = olga.card().message_id
  const kept = [await draftOf(world.database, olga), await draftOf(world.database, dasha)]
  for (const label of ['Отправить', '‹ Назад']) {
    expect(await dasha.byHand(olga.dataOf(label), card)).not.toBe('expired')
    dasha.sees('question.danger')
  }
  olga.sees('summary')
  expect(await world.database.prisma.request.count()).toBe(0)
  expect([await draftOf(world.database, olga), await draftOf(world.database, dasha)]).toEqual(kept)
})

test('buttons of a submitted request still work, however late', async () => {
  const world = await openWorld({ at: tuesday })
  const olga = world.person()
  const seen: [string, number][] = []
  for (const step of [...parentAnswers(), ...adultSubmits]) {
    await olga.play([step])
    const card = olga.card()
    for (const button of olga.buttons(card)) {
      if ('callback_data' in button && button.callback_data)
        seen.push([button.callback_data, card.message_id])
    }
  }
  const before = await world.database.prisma.request.findFirstOrThrow()
  // What hides the chat does so, however late.
  for (const [data, card] of seen.slice(0, -6).filter(([data]) => !data.startsWith('-.hide.'))) {
    expect(await olga.byHand(data, card)).not.toBe('expired')
    expect(olga.buttons(olga.card()).length).toBeGreaterThan(1)
  }
  expect(await world.database.prisma.request.findMany()).toEqual([before])
  expect(await world.database.prisma.draft.count()).toBe(0)
})

test('an invalid deep link says so to anybody, and costs no draft', async () => {
  const world = await openWorld({ at: tuesday })
  const links = [
    'A'.repeat(64),
    randomBytes(48).toString('base64url'),
    `s_${'A'.repeat(62)}`,
    ...names,
    '-',
    '_',
  ]
  const olga = world.person()
  await olga.play(upTo('question.helpKinds'))
  const kept = await draftOf(world.database, olga)
  for (const chat of [olga, world.person()]) {
    for (const link of links) {
      await chat.start(link)
      expect(chat.text(), link).toMatch(/Эта ссылка никуда не ведёт/)
      chat.sees('home')
    }
    await chat.start(`s_${'A'.repeat(22)}`)
    expect(chat.text()).toMatch(/Эта ссылка не действует/)
    await chat.say(`/start ${'x'.repeat(4000)}`)
    expect(chat.text()).toMatch(/Эта ссылка никуда не ведёт/)
    for (const name of names) {
      await chat.say(`/${name}`)
      expect(chat.text(), name).toMatch(/Такой команды нет|Передать это специалистам|Записано в ваш рассказ/)
    }
  }
  expect(await draftOf(world.database, olga)).toEqual(kept)
  expect(await world.database.prisma.person.count()).toBe(1)
})
