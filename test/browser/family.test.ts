import { afterAll, beforeAll, expect, test } from 'vitest'
import { createClient } from '#sandbox/talk/client.ts'
import { keepPicture, sharp } from './keep-picture.ts'
import { browserForTests, phoneOf } from './open-page.ts'
import { type Deed, play } from './play.ts'
import { type RunningApp, runApp } from './running-app.ts'

const [irina, svetlana, timur] = [5_000_006, 5_000_007, 5_000_008]

const open = browserForTests()
let app: RunningApp
beforeAll(async () => {
  app = await runApp()
})
afterAll(() => app.stop())

const look = {
  ...sharp,
  timezoneId: 'Europe/Moscow',
  // Tall enough for a card with its picture and its buttons.
  viewport: { width: 1440, height: 1150 },
} as const

const parentComesIn: readonly Deed[] = [['Даю согласие', 'Куратор семьи – Ирина']]
const minorComesIn: readonly Deed[] = [['Да, разрешаю', 'Привет. Куратор семьи – Ирина']]

test('in a browser: a family sees its plan and visits, a teenager only their own part, and the curator the answers', async () => {
  const page = await open(app.url, look)
  const phone = (id: number) => phoneOf(page, id)
  const [curator, parent, minor] = [phone(irina), phone(svetlana), phone(timur)]
  await curator.message('Вы на связи').waitFor()

  await parent.message('Приглашение от центра').waitFor()
  await play(parent, parentComesIn)
  await play(parent, [['План помощи', 'Цель:']])
  await parent.message('Цель:').last().locator('img').waitFor()
  const width = `document.querySelector('.phone[data-person="${svetlana}"] .message img').naturalWidth`
  await expect.poll(() => page.evaluate(width)).toBeGreaterThan(600)
  await keepPicture(parent.root, 'family-plan')
  await play(parent, [
    ['На этой неделе', 'Собрать пять справок'],
    [/^Юрист объяснит/, 'Кто ведёт:'],
  ])
  await keepPicture(parent.root, 'family-activity')

  await play(parent, [
    [{ words: '/visits' }, 'Кто и когда придёт'],
    [/, 15:00$/, 'Код у двери'],
  ])
  const card = parent.message('Код у двери').last()
  expect(await card.innerText()).toMatch(/Код у двери: \d{4}/)
  await keepPicture(parent.root, 'family-visit')
  await play(parent, [['Подтверждаю', 'Время подтверждено']])
  const told = curator.message(': ответ о визите').last()
  await told.waitFor()
  expect(await told.innerText()).not.toMatch(/Светлана|Код|\d{4}\b/)
  await play(curator, [['Открыть', 'Код']])
  await keepPicture(curator.root, 'curator-visit')
  const code = /Код у двери: (\d{4})/.exec(await card.innerText())?.[1] ?? 'none'
  expect(await page.locator('.events').innerText()).not.toContain(code)

  await play(minor, minorComesIn)
  await play(minor, [['План помощи', 'Здесь то, что касается тебя']])
  expect(await minor.root.innerText()).not.toMatch(/кредит|пособие/)
  await page.context().close()
})

type Heard = { from: number; until: number; duration: number; seekable: number }

test('a voice message is heard from any place: the player is set forward before it has played, and plays from there', async () => {
  const page = await open(app.url, look)
  const parent = phoneOf(page, svetlana)
  await play(parent, [
    [{ words: '/menu' }, '/menu'],
    ['Написать куратору', /./],
  ])
  const client = createClient(app.url)
  await client.does(svetlana, 'voice', {})
  await client.idle()

  await page.goto(`${app.url}/sandbox/people/${irina}/desk`)
  await page.waitForURL(/\/console$/)
  await page.goto(new URL('/console/families', page.url()).href)
  await page.locator('main a[href^="/console/families/"]').first().click()
  await page
    .getByRole('navigation', { name: 'Разделы семьи' })
    .getByRole('link', { name: 'Переписка' })
    .click()
  const player = page.locator('audio').first()
  await player.waitFor()
  const asked: { range: string | undefined; status: number; type: string | undefined }[] = []
  page.on('response', (answer) => {
    if (!/\/files\//.test(answer.url())) return
    const { range } = answer.request().headers()
    asked.push({ range, status: answer.status(), type: answer.headers()['content-type'] })
  })
  // A script may play without a press only what is muted.
  const heard = await page.evaluate<Heard>(`(async (audio) => {
    const once = (name) => new Promise((resolve) => audio.addEventListener(name, resolve, { once: true }))
    audio.muted = true
    audio.preload = 'auto'
    const ready = once('loadedmetadata')
    audio.load()
    await ready
    const seeked = once('seeked')
    audio.currentTime = 2
    await seeked
    const seekable = audio.seekable.end(0)
    const ended = once('ended')
    await audio.play()
    await ended
    return { from: audio.played.start(0), until: audio.played.end(0), duration: audio.duration, seekable }
  })(document.querySelector('audio'))`)
  expect(heard.duration).toBeCloseTo(3, 1)
  expect(heard.seekable).toBeCloseTo(3, 1)
  expect(heard.from).toBeGreaterThanOrEqual(1.9)
  expect(heard.until).toBeCloseTo(3, 1)
  expect(asked[0]).toEqual({ range: 'bytes=0-', status: 206, type: 'audio/ogg' })
  await page.context().close()
})
