import { beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { insertSurvey } from '#storage/surveys/surveys.ts'
import { surveySchema } from '#surveys/schema.ts'
import { type ApiAnswer, keyOf } from '#test/support/api.ts'
import { askedFamily, newCurator, type Sent, sendSet } from '#test/support/answer-sets.ts'
import { aSurvey, one, scale, text } from '#test/support/drafts-of-surveys.ts'
import { jsonWithoutIds } from '#test/support/texts.ts'
import { openWorld, type World } from '#test/support/world.ts'

const since = { since: 1 }
const survey = surveySchema.parse(
  aSurvey([scale('helped', since), one('when', since), text('words', since)], { code: 'how' }),
)

let world: World
beforeEach(async () => {
  world = await openWorld({ at: '2026-07-02T07:00:00Z' })
  const publishedAt = new Date('2026-05-01T00:00:00Z')
  await world.database.transaction((tx) => insertSurvey(tx, { survey, publishedAt }))
})

const send = async (count: number, set: Partial<Sent> & { territory?: string; name?: string } = {}) => {
  for (let done = 0; done < count; done += 1) {
    const from = set.from ?? (await askedFamily(world.database, set))
    await sendSet(world.database, { survey, says: { helped: 4, when: ['a'] }, ...set, from })
  }
}

const june = '/surveys/how/results?from=2026-06&until=2026-06'

const resultIn = ({ body }: ApiAnswer) =>
  z
    .object({
      minors: z.boolean(),
      sets: z.number().nullable(),
      funnel: z.object({ invited: z.number(), finished: z.number() }).nullable(),
      questions: z.array(
        z.object({
          code: z.string(),
          answers: z
            .object({
              n: z.number(),
              passedOver: z.number(),
              measure: z.unknown(),
              distribution: z.array(
                z.object({ count: z.number(), share: z.number(), interval: z.unknown() }),
              ),
            })
            .nullable(),
          trend: z.array(z.object({ month: z.string(), figure: z.object({ n: z.number() }).nullable() })),
        }),
      ),
      breakdowns: z.array(
        z.object({
          by: z.string(),
          cells: z.array(z.object({ code: z.string(), sets: z.number().nullable() })),
        }),
      ),
    })
    .parse(body)

test('aggregates with intervals, by month and by group', async () => {
  const curatorId = await newCurator(world.database)
  await send(6, { curatorId, level: 'basic', helpKinds: ['social'] })
  await send(5, { curatorId, level: 'crisis', helpKinds: ['social'], says: { helped: 2, when: null } })
  await send(5, {
    territory: 'oktyabrsky',
    curatorId,
    level: 'basic',
    helpKinds: ['social'],
    at: '2026-05-10T09:00:00Z',
  })
  const key = await keyOf(world, { scopes: ['surveys:read'] })
  const answer = await key.get(june.replace('from=2026-06', 'from=2026-05'))
  expect(answer.status).toBe(200)
  const { sets, funnel, questions, breakdowns, minors } = resultIn(answer)
  expect({ sets, minors, funnel }).toMatchObject({
    sets: 16,
    minors: false,
    funnel: { invited: 16, finished: 16 },
  })
  const [helped, when, words] = questions
  expect(helped?.answers).toMatchObject({ n: 16, passedOver: 0, measure: { of: 'mean', value: 3.375 } })
  expect(helped?.answers?.distribution.map(({ count }) => count)).toEqual([0, 5, 0, 11, 0])
  expect(helped?.trend.map(({ month, figure }) => [month, figure?.n])).toEqual([
    ['2026-05', 5],
    ['2026-06', 11],
  ])
  expect(when?.answers).toMatchObject({
    n: 11,
    passedOver: 5,
    distribution: [{ count: 11, share: 1 }, { count: 0 }],
  })
  expect(words?.answers).toBeNull()
  expect(breakdowns.map(({ by, cells }) => [by, cells.map(({ code, sets: of }) => [code, of])])).toEqual([
    [
      'territory',
      [
        ['leninsky', 11],
        ['oktyabrsky', 5],
      ],
    ],
    [
      'level',
      [
        ['basic', 11],
        ['crisis', 5],
      ],
    ],
    ['help-kind', [['social', 16]]],
    ['curator', [[curatorId, 16]]],
  ])
  expect(JSON.stringify(answer.body)).not.toMatch(/family|member/i)
})

test('a key sees its own territories, and minors only with `surveys:answers`', async () => {
  await send(6)
  await send(7, { minor: true })
  await send(8, { territory: 'oktyabrsky' })
  const asked = async (scopes: Parameters<typeof keyOf>[1], path = june) =>
    resultIn(await (await keyOf(world, scopes)).get(path)).sets
  expect(await asked({ scopes: ['surveys:read'] })).toBe(14)
  expect(await asked({ scopes: ['surveys:read', 'surveys:answers'] })).toBe(21)
  const near = { scopes: ['surveys:read'], territories: ['leninsky'] } as const
  expect(await asked(near)).toBe(6)
  expect(await asked(near, `${june}&territory=oktyabrsky`)).toBeNull()
  expect(await asked({ scopes: ['surveys:read'] }, `${june}&territory=oktyabrsky`)).toBe(8)
})

test('invalid parameters are reported by name, and an unknown survey is not found', async () => {
  const key = await keyOf(world)
  const wrong = [
    '?until=2026-06',
    '?from=2026-06-01&until=2026-06',
    '?from=2026-07&until=2026-06',
    '?from=2020-01&until=2026-06',
    '?from=2026-06&until=2026-06&level=none-such',
    '?from=2026-06&until=2026-06&level=basic&helpKind=legal',
    '?from=2026-06&until=2026-06&version=0',
    '?from=2026-06&until=2026-06&week=1',
  ]
  for (const query of wrong)
    expect([query, (await key.get(`/surveys/how/results${query}`)).status]).toEqual([query, 422])
  for (const path of ['/surveys/none/results', '/surveys/none/answers'])
    expect(
      (await key.get(`${path}?${path.endsWith('results') ? 'from=2026-06&until=2026-06' : ''}`)).status,
    ).toBe(404)
  expect((await key.get(`${june}&version=2`)).status).toBe(404)
})

const pageIn = ({ body }: ApiAnswer) =>
  z
    .object({
      items: z.array(
        z.strictObject({
          id: z.uuid(),
          version: z.number(),
          week: z.string(),
          territory: z.string(),
          level: z.string().nullable(),
          minor: z.boolean(),
          curatorId: z.string().nullable(),
          familyId: z.string().nullable(),
          memberId: z.string().nullable(),
          answers: z.array(
            z.object({
              question: z.string(),
              number: z.number().nullable(),
              codes: z.array(z.string()),
              text: z.string().nullable(),
            }),
          ),
        }),
      ),
      nextCursor: z.string().nullable(),
    })
    .parse(body)

test('single answers identify only those who agreed, and every page is audited', async () => {
  const from = await askedFamily(world.database, { name: 'Олеся' })
  const said = { helped: 2, words: 'Олеся просила перезвонить на 8 962 123-45-67, никто не позвонил' }
  await send(1, { from, says: said, contact: true })
  await send(1, { says: { helped: 5, words: null }, minor: true, at: '2026-06-25T09:00:00Z' })
  await send(1, { partial: true, says: { helped: 1 } })
  await send(1, { territory: 'oktyabrsky' })
  const key = await keyOf(world, { scopes: ['surveys:answers'], territories: ['leninsky'] })
  const answer = await key.get('/surveys/how/answers')
  const { items, nextCursor } = pageIn(answer)
  expect(nextCursor).toBeNull()
  expect(items).toMatchObject([
    { week: '2026-06-22', minor: true, familyId: null, memberId: null, curatorId: null },
    { week: '2026-06-08', minor: false, familyId: from.familyId, memberId: from.memberId },
  ])
  expect(items[1]?.answers).toMatchObject([{ question: 'helped', number: 2 }, { question: 'words' }])
  expect(jsonWithoutIds(answer.body)).not.toMatch(/Олеся|962|invitation/)
  const audited = await world.database.prisma.auditEntry.findMany({
    where: { action: 'surveys.answers' },
    orderBy: { id: 'asc' },
  })
  expect(audited.map(({ apiKeyId, familyId }) => [apiKeyId, familyId])).toEqual([
    [key.keyId, null],
    [key.keyId, from.familyId],
  ])
})

test('pages of single answers contain each set once, newest week first', async () => {
  for (const at of ['2026-05-20T09:00:00Z', '2026-06-10T09:00:00Z', '2026-06-25T09:00:00Z'])
    await send(4, { at })
  const key = await keyOf(world)
  const seen: { id: string; week: string }[] = []
  let next: string | null = ''
  while (next !== null) {
    const page = pageIn(await key.get(`/surveys/how/answers?limit=3${next && `&cursor=${next}`}`))
    expect(page.items.length).toBeLessThanOrEqual(3)
    seen.push(...page.items)
    next = page.nextCursor
  }
  expect(new Set(seen.map(({ id }) => id)).size).toBe(12)
  expect(seen.map(({ week }) => week)).toEqual(
    seen
      .map(({ week }) => week)
      .toSorted()
      .toReversed(),
  )
  expect((await key.get('/surveys/how/answers?cursor=abc')).status).toBe(422)
})
