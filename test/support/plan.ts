import { expect } from 'vitest'
import type { z } from 'zod'
import type { activitySchema, planSchema } from '#features/plan/plan-document.ts'
import type { ApiAnswer, ApiClient } from './api.ts'
import type { World } from './world.ts'

export type PlanBody = z.input<typeof planSchema> & { activities: ActivityBody[] }
export type ActivityBody = z.input<typeof activitySchema>

/** One activity of a plan, by default on 2 December. */
export const anActivity = (code: string, more: Partial<ActivityBody> = {}): ActivityBody => ({
  code,
  title: `Мероприятие ${code}`,
  plain: `Дело ${code}`,
  kind: 'social',
  responsible: 'Ирина, куратор',
  when: { kind: 'once', on: '2026-12-02', at: '15:00' },
  audience: 'family',
  ...more,
})

/** A plan for the world's family: half a year from the current Wednesday. */
export const aPlan = (activities: ActivityBody[], more: Partial<PlanBody> = {}): PlanBody => ({
  level: 'crisis',
  from: '2026-11-23',
  until: '2027-05-20',
  goal: 'Дома спокойно, Даша ходит в школу',
  tasks: ['Наладить разговор дома', 'Вернуться к учёбе'],
  results: ['Даша ходит в школу каждый день'],
  activities,
  ...more,
})

export const putPlan = (
  key: ApiClient,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<ApiAnswer> => key.call('PUT', `${path}/plan`, { body, headers })

/** Publishes a new plan version; returns the ids of its activities by code. */
export const publish = async (
  key: ApiClient,
  path: string,
  plan: PlanBody,
): Promise<Record<string, string>> => {
  const answer = await putPlan(key, path, plan, { 'if-match': '*' })
  expect(answer).toMatchObject({ status: 200 })
  const { activities } = answer.body as { activities: { code: string; id: string }[] }
  return Object.fromEntries(activities.map(({ code, id }) => [code, id]))
}

/** Publishes a plan with «Сходить в школу», then adds «Бумаги»: the family is asked what it thinks of that. */
export const publishChange = async ({ world, key, path }: { world: World; key: ApiClient; path: string }) => {
  const school = anActivity('school', { plain: 'Сходить в школу' })
  await publish(key, path, aPlan([school]))
  await told(world)
  await publish(key, path, aPlan([school, anActivity('papers', { plain: 'Бумаги' })]))
  await told(world)
}

/** Waits until all notifications to family and staff have been sent. */
export const told = async ({ database, telegram }: World): Promise<void> => {
  const underWay = () =>
    database.prisma.$queryRaw<unknown[]>`
      SELECT 1 FROM pgboss.job WHERE name IN ('push', 'family-card')
        AND (state = 'active' OR (state IN ('created', 'retry') AND start_after <= now()))`
  await expect.poll(underWay, { timeout: 30_000, interval: 20 }).toEqual([])
  await telegram.idle(20_000)
}

/** A meeting this week, a group for adults on Tuesdays, and an activity for minors in December. */
export const activities: ActivityBody[] = [
  anActivity('school', {
    title: 'Содействие в организации обучения',
    plain: 'Встретиться с классным руководителем',
    kind: 'pedagogical',
    place: 'Школа № 5',
    when: { kind: 'once', on: '2026-11-27', at: '15:00' },
    familyPart: 'Прийти вместе с Дашей',
    centrePart: 'Договориться о встрече',
  }),
  anActivity('group', {
    plain: 'Группа для родителей',
    kind: 'psychological',
    audience: 'adults',
    when: { kind: 'weekly', from: '2026-11-24', until: '2027-01-31', days: ['tue'], at: '18:00' },
  }),
  anActivity('talk', {
    plain: 'Поговорить с психологом',
    kind: 'psychological',
    audience: 'minors',
    when: { kind: 'span', from: '2026-12-07', until: '2026-12-20' },
  }),
]
