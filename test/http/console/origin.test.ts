import { request } from 'undici'
import { expect, test } from 'vitest'
import type { StaffRole } from '#storage/staff/staff.ts'
import { answerOf } from '#test/support/console-cells.ts'
import { contentsOf, openConsoleMatrix, pathOf } from '#test/support/console-matrix.ts'
import type { ConsoleRoute } from '#test/support/console-routes.ts'
import { quiet } from '#test/support/quiet.ts'

// A form that does not say where it comes from is refused, whatever else it says (ADR 121).

type Asked = {
  route: ConsoleRoute
  desk: Awaited<ReturnType<typeof openConsoleMatrix>>['desks']['intake']
  path: string
}

/** They end the session. */
const ending = ['/console/exit', '/console/me/leave']

const roleFor = ({ roles, path }: ConsoleRoute): StaffRole =>
  roles?.find((role) => answerOf(role, `POST ${path}`) === 'done') ?? roles?.[0] ?? 'supervisor'

test('no form is accepted without `Origin`, and each is with it', { timeout: 600_000 }, async () => {
  const { world, routes, desks, fresh, smallest } = await openConsoleMatrix()
  const { url } = world.app()
  const { origin } = new URL(url)
  const forms = routes.filter(({ method }) => method === 'POST')
  expect(forms.length).toBeGreaterThan(100)
  expect(forms.filter(({ roles }) => roles === null).map(({ path }) => path)).toContain('/console/exit')
  const asked: Asked[] = []
  for (const route of forms) {
    const role = roleFor(route)
    asked.push({ route, desk: desks[role], path: pathOf(route, await fresh(route, role)) })
  }
  // A bare client: what browsers add by themselves is what is asked about here.
  const send = async ({ route, desk, path }: Asked, said: Record<string, string>) => {
    const fields = { csrf: desk.csrf, once: crypto.randomUUID(), ...smallest(route) }
    const answer = await request(new URL(path, url), {
      method: 'POST',
      headers: { cookie: desk.cookie(), 'content-type': 'application/x-www-form-urlencoded', ...said },
      body: new URLSearchParams(fields).toString(),
    })
    return { status: answer.statusCode, text: await answer.body.text() }
  }
  await quiet(world.telegram, world.database)
  const before = await contentsOf(world)
  for (const one of asked) {
    const refused = [
      await send(one, {}),
      await send(one, { referer: `${origin}/console` }),
      await send(one, { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'navigate' }),
      await send(one, { origin: '', referer: `${origin}/console` }),
    ]
    expect(
      refused.map(({ status }) => status),
      one.path,
    ).toEqual([403, 403, 403, 403])
    expect(refused[0]?.text, one.path).toContain('не сказал, с какой страницы')
  }
  expect(await contentsOf(world)).toEqual(before)
  const last = ({ route }: Asked) => Number(ending.includes(route.path))
  for (const one of asked.toSorted((a, b) => last(a) - last(b)))
    expect((await send(one, { origin })).status, one.path).not.toBe(403)
})
