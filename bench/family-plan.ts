import type { PlanDocument, PlannedActivity, When } from '#features/plan/plan-document.ts'
import { helpKinds } from '#regions/schema.ts'

/** A distinct plan for each family: different words, people, places and days. */

const dayMs = 24 * 60 * 60 * 1000
const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri'] as const
const deeds = [
  'Консультация',
  'Занятие',
  'Встреча',
  'Беседа',
  'Обследование',
  'Помощь с документами',
  'Поездка',
]
const aims = [
  'по режиму дня',
  'о границах',
  'для родителей',
  'с логопедом',
  'о выплатах',
  'о школе',
  'о здоровье',
]
const people = ['Ирина Ковалёва', 'Мария Соколова', 'Павел Титов', 'Анна Громова', 'Олег Лыков', 'Вера Юдина']
const places = ['Ленина, 10, кабинет 4', 'школа № 7', 'поликлиника № 2', 'дом, где живёт семья', 'Мира, 31']

/** The ISO day a number of days after a moment. */
export const dayAt = (now: Date, days: number): string =>
  new Date(now.getTime() + days * dayMs).toISOString().slice(0, 10)

const pick = <T>(from: readonly [T, ...T[]] | readonly T[], seed: number): T => from[seed % from.length] as T

/** Of twenty activities some are over, some start later, and a third recur. */
const whenOf = (now: Date, place: number, seed: number): When => {
  const shift = (place - 8) * 9 + (seed % 7)
  const at = `${String(9 + (seed % 9)).padStart(2, '0')}:30`
  switch (place % 5) {
    case 0:
      return {
        kind: 'weekly',
        from: dayAt(now, -60 + (seed % 7)),
        until: dayAt(now, 90),
        every: 1 + (seed % 2),
        days: [pick(weekdays, seed)],
        at,
      }
    case 1:
      return {
        kind: 'monthly',
        from: dayAt(now, -60),
        until: dayAt(now, 100),
        every: 1,
        day: 1 + (seed % 28),
      }
    case 2:
      return { kind: 'span', from: dayAt(now, shift), until: dayAt(now, shift + 14) }
    default:
      return { kind: 'once', on: dayAt(now, shift), at }
  }
}

const activityOf = (now: Date, family: number, place: number): PlannedActivity => {
  const seed = family * 31 + place * 7 + Math.floor(family / 97)
  const what = `${pick(deeds, seed)} ${pick(aims, seed + place)}`
  return {
    code: `a-${place + 1}`,
    title: `${what}: организация и проведение по плану сопровождения № ${family}-${place + 1}`,
    plain: `${what}. Возьмите с собой паспорт и запишите вопросы заранее, если они есть.`,
    kind: pick(helpKinds, seed),
    place: pick(places, seed),
    responsible: `${pick(people, seed)}, специалист по социальной работе`,
    when: whenOf(now, place, seed),
    audience: place % 6 === 5 ? 'adults' : 'family',
    familyPart:
      'Прийти вовремя, рассказать, что изменилось с прошлого раза, и выполнить то, о чём договорились.',
    centrePart: 'Подготовить помещение, напомнить за день и записать итог.',
  }
}

const activitiesOfFamily = 20

export const planOf = (now: Date, family: number): PlanDocument => ({
  level: 'crisis',
  from: dayAt(now, -80),
  until: dayAt(now, 100),
  goal: `Семья справляется сама, дети учатся и здоровы (дело № ${family}).`,
  tasks: ['Наладить режим дня', 'Оформить выплаты', 'Помочь с учёбой', 'Восстановить здоровье'],
  results: ['Дети ходят в школу', 'Выплаты оформлены', 'Есть договорённости дома'],
  activities: Array.from({ length: activitiesOfFamily }, (_, place) => activityOf(now, family, place)),
})

/** First and last day of an activity, as in its row; for recurring ones, of their period. */
export const boundsOf = (when: When): [first: string, last: string] =>
  when.kind === 'once' ? [when.on, when.on] : [when.from, when.until]
