import { expect, onTestFinished } from 'vitest'
import { createLog } from '#core/log.ts'
import { inviteOnRequest } from '#features/surveys/invite.ts'
import { createJobs } from '#queue/boss.ts'
import { lockFamily } from '#storage/families/families.ts'
import { allTerritoriesKey, wholeSet } from '#storage/surveys/survey-tallies.ts'
import { insertSurvey } from '#storage/surveys/surveys.ts'
import type { Survey } from '#surveys/schema.ts'
import type { Chat } from './chat.ts'
import type { FamilyWorld } from './family.ts'
import { makeDue } from './rows.ts'
import { told } from './visits.ts'
import type { World } from './world.ts'

const said = (adult: string, minor?: string) => ({ ru: { adult, ...(minor && { minor }) } })
const helped: [string, string][] = [
  ['Не помогли', 'Совсем нет'],
  ['Почти не помогли', 'Почти нет'],
  ['Немного помогли', 'Чуть-чуть'],
  ['Помогли', 'Да'],
  ['Очень помогли', 'Да, очень'],
]

/** Asked by hand: a question of each kind, one of them only after a low answer. */
export const howIsIt: Survey = {
  code: 'how-is-it',
  version: 1,
  when: { on: 'hand' },
  audience: 'everyone',
  title: said('Как идёт помощь', 'Как тебе наша помощь'),
  questions: [
    {
      code: 'helped',
      since: 1,
      kind: 'scale',
      words: said('Мы вам помогли?', 'Мы тебе помогли?'),
      scale: helped.map(([adult, minor]) => said(adult, minor)),
      rescue: { atMost: 2 },
    },
    {
      code: 'missing',
      since: 1,
      kind: 'text',
      words: said('Чего не хватило?', 'Что было не так?'),
      showIf: { question: 'helped', atMost: 3 },
    },
    { code: 'respect', since: 1, kind: 'yes-no', words: said('С вами говорили уважительно?') },
    {
      code: 'kinds',
      since: 1,
      kind: 'many',
      words: said('Что помогло?'),
      options: [
        { code: 'talks', words: said('Разговоры') },
        { code: 'papers', words: said('Документы') },
      ],
    },
    {
      code: 'advise',
      since: 1,
      kind: 'ten',
      words: said('Посоветуете нас?'),
      ends: [said('Точно нет'), said('Точно да')],
    },
  ],
}

/** Keeps surveys as the centre's own system would. */
export const keepSurveys = ({ database, clock }: Pick<World, 'database' | 'clock'>, ...surveys: Survey[]) =>
  database.transaction(async (tx) => {
    for (const survey of surveys) await insertSurvey(tx, { survey, publishedAt: clock.now() })
  })

export type SurveyDesk = {
  /** Invites members by hand, all who joined unless named. */
  invite(code?: string, memberIds?: readonly string[]): Promise<void>
  /** Goes to a moment, if told, and lets the minute's look be taken, and what it tells be sent. */
  looks(moment?: string): Promise<void>
  /** How the invitations stand, the earliest first. */
  statuses(): Promise<string[]>
}

/** The centre's desk for surveys in a family's world, with `howIsIt` kept. */
export const openSurveyDesk = async ({
  world: { database, clock },
  familyId,
}: FamilyWorld): Promise<SurveyDesk> => {
  await keepSurveys({ database, clock }, howIsIt)
  const jobs = createJobs(database, createLog('silent'))
  await jobs.start()
  onTestFinished(() => jobs.stop())
  const settled = () =>
    expect
      .poll(
        () => database.prisma.$queryRaw<unknown[]>`
          SELECT 1 FROM pgboss.job WHERE name IN ('survey-invitations', 'push', 'family-card')
            AND (state = 'active' OR (state IN ('created', 'retry') AND start_after <= now()))`,
        { timeout: 30_000, interval: 100 },
      )
      .toEqual([])

  return {
    invite: (code = howIsIt.code, memberIds) =>
      database.transaction(async (tx) => {
        const family = await lockFamily(tx, familyId)
        if (!family) throw new Error('the family is not there')
        await inviteOnRequest(tx, { code, family, memberIds, timeZone: 'Europe/Moscow', now: clock.now() })
      }),
    looks: async (moment) => {
      if (moment) clock.set(moment)
      await database.transaction((tx) => jobs.enqueue(tx, 'survey-invitations', {}))
      await settled()
      await makeDue(database, 'push')
      await settled()
    },
    statuses: async () =>
      (await database.prisma.surveyInvitation.findMany({ orderBy: [{ dueAt: 'asc' }, { id: 'asc' }] })).map(
        ({ status }) => status,
      ),
  }
}

export const invited = /Есть короткий опрос\. Отвечать не обязательно/

/** A member is invited, and has read the push. */
export const inviteTo = async (desk: SurveyDesk, chat: Chat): Promise<void> => {
  await desk.invite()
  await desk.looks()
  await told(chat, invited)
}

/** What was sent, by the code of its question: the number or the codes. */
export const sentAnswers = async ({ database }: Pick<World, 'database'>) => {
  const rows = await database.prisma.surveyAnswer.findMany({ orderBy: { question: 'asc' } })
  return Object.fromEntries(
    rows.map(({ question, number, codes, text }) => [
      question,
      text === null ? (number ?? (codes.length > 0 ? codes : null)) : 'words',
    ]),
  )
}

/** How many answer sets are in the sums that the results are read from. */
export const setsCounted = async ({ database }: Pick<World, 'database'>): Promise<number> => {
  const where = { slice: 'all', territory: allTerritoriesKey, question: wholeSet }
  const rows = await database.prisma.surveyTally.findMany({ where })
  return rows.reduce((sum, { counts: [, sent = 0] }) => sum + sent, 0)
}

/** A parent joins the family, is invited, and has the first question before them. */
export const beginsSurvey = async (family: FamilyWorld) => {
  const olga = await family.member('parent', 'Ольга')
  const desk = await openSurveyDesk(family)
  await inviteTo(desk, olga)
  await olga.play([
    ['Посмотреть', 'survey'],
    ['Начать', /Мы вам помогли\?/],
  ])
  return { olga, desk }
}
