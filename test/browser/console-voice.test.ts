import { afterAll, beforeAll, expect, test } from 'vitest'
import { createClient } from '#sandbox/talk/client.ts'
import { browserForTests, phoneOf } from './open-page.ts'
import { play } from './play.ts'
import { type RunningApp, runApp } from './running-app.ts'

const [irina, svetlana] = [5_000_006, 5_000_007]

const open = browserForTests()
let app: RunningApp
beforeAll(async () => {
  app = await runApp()
})
afterAll(() => app.stop())

type Heard = { from: number; until: number; duration: number; seekable: number }

test('a voice message is heard from any place: the player is set forward before it has played, and plays from there', async () => {
  const page = await open(app.url, { timezoneId: 'Europe/Moscow', viewport: { width: 1440, height: 1000 } })
  const parent = phoneOf(page, svetlana)
  await parent.message('Приглашение от центра').waitFor()
  await play(parent, [
    ['Даю согласие', 'Куратор семьи – Ирина'],
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
