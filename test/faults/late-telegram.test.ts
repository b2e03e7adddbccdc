import { expect, test } from 'vitest'
import { openWorld } from '../support/world.ts'

test('a start while Telegram is away says so at once, and goes on as soon as Telegram is back', async () => {
  const world = await openWorld({ mode: 'webhook', noise: ['telegram.away'] })
  const olga = world.person()
  await olga.start()
  world.telegram.faults.down = true
  const again = world.restart()
  const said = () =>
    world.lines.filter((line) => /"telegram\.(away|back)"/.test(line)).map((line) => JSON.parse(line))
  await expect.poll(said).toMatchObject([{ msg: 'telegram.away', cause: 'hung-up' }])
  world.telegram.faults.down = false
  await again
  expect(said().map(({ msg }) => msg)).toEqual(['telegram.away', 'telegram.back'])
  await olga.play([['/menu', 'home']])
})
