import { expect, test } from 'vitest'
import { openLink, openWithFamily } from '#test/support/family.ts'
import { copyOf } from '#test/support/my-data.ts'
import { beginsSurvey } from '#test/support/surveys.ts'

test('whoever left a family and came back gets their copy, with the survey that they answered before', async () => {
  const family = await openWithFamily()
  const { key, path } = family
  const { olga } = await beginsSurvey(family)
  await olga.play([['Не помогли', /./]])
  expect((await key.delete(`${path}/members/${olga.memberId}`)).status).toBeLessThan(300)
  const added = await key.post(`${path}/members`, { role: 'parent', name: 'Ольга' })
  await openLink(olga, (added.body as { link: string }).link)
  await olga.tap('Войти')
  const { families } = JSON.parse(await copyOf(olga)) as { families: { surveys: object[] }[] }
  expect(families).toMatchObject([
    { surveys: [{ title: 'Как идёт помощь', answers: [{ question: 'Мы вам помогли?' }] }] },
  ])
})
