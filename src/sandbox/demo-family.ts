import { Temporal } from 'temporal-polyfill'
import type { PlanDocument } from '#features/plan/plan-document.ts'
import type { PlannedVisit } from '#features/visits/visit-transitions.ts'
import type { MemberRole } from '#storage/families/family-members.ts'

/** Members of the demo family; the ids are those of demo-people.ts. */
export const demoMembers: readonly { phone: number; role: MemberRole; name: string }[] = [
  { phone: 5_000_007, role: 'parent', name: 'Светлана' },
  { phone: 5_000_008, role: 'minor', name: 'Тимур' },
]

/** A few words from docs/alarming-words.json, the initial list for a real centre. */
export const demoAlarmingWords = [
  'суицид*',
  'не хочу жить',
  'хочу умереть',
  'режу себя',
  'убьет',
  'боюсь идти домой',
]

/** The IPSS of a family at the start of its third week under support. */
export const demoPlan = (today: Temporal.PlainDate): PlanDocument => {
  const day = (days: number) => today.add({ days }).toString()
  const until = today.add({ months: 5 }).toString()
  return {
    level: 'crisis',
    from: day(-14),
    until,
    goal: 'Тимур ходит в школу каждый день, дома спокойно, у семьи есть доход и оформлены выплаты.',
    tasks: [
      'Вернуть Тимура к учёбе без скандалов и двоек за прогулы.',
      'Помочь маме восстановить документы и оформить пособия.',
      'Научиться говорить друг с другом, когда оба злятся.',
    ],
    results: [
      'Тимур не пропускает школу больше двух дней в месяц.',
      'Пособие приходит каждый месяц.',
      'Семья сама знает, куда обратиться, если снова станет трудно.',
    ],
    activities: [
      {
        code: 'psy-teen',
        title: 'Индивидуальные психологические консультации несовершеннолетнего',
        plain: 'Тимур раз в неделю говорит с психологом Олегом. О чём – знают только они двое.',
        kind: 'psychological',
        place: 'Центр «Рядом», кабинет 12',
        responsible: 'Олег, психолог',
        when: { kind: 'weekly', from: day(-14), until, every: 1, days: ['thu'], at: '16:00' },
        audience: 'minors',
        familyPart: 'Отпускать на встречу и не расспрашивать, о чём говорили.',
        centrePart: 'Встречать у входа, если неловко идти одному.',
      },
      {
        code: 'psy-family',
        title: 'Семейная консультация, обучение навыкам конструктивного общения',
        plain: 'Вдвоём у семейного психолога: как ссориться так, чтобы потом мириться.',
        kind: 'psychological',
        place: 'Центр «Рядом», кабинет 12',
        responsible: 'Олег, психолог',
        when: { kind: 'monthly', from: day(0), until, every: 1, day: 15, at: '17:30' },
        audience: 'family',
      },
      {
        code: 'school',
        title: 'Содействие в ликвидации академической задолженности',
        plain: 'Ирина идёт с мамой в школу и договаривается о плане: что сдать и до какого дня.',
        kind: 'pedagogical',
        place: 'Школа № 7',
        responsible: 'Ирина, куратор',
        when: { kind: 'once', on: day(-5), at: '11:00' },
        audience: 'family',
      },
      {
        code: 'tutor',
        title: 'Занятия с педагогом по математике и русскому языку',
        plain: 'Два раза в неделю бесплатный учитель помогает догнать класс.',
        kind: 'pedagogical',
        place: 'Библиотека на Учебной, 5',
        responsible: 'Нина, педагог',
        when: { kind: 'weekly', from: day(1), until, every: 1, days: ['mon', 'wed'], at: '16:30' },
        audience: 'minors',
      },
      {
        code: 'allowance',
        title: 'Содействие в оформлении единого пособия на ребёнка',
        plain: 'Собрать пять справок и подать заявление на пособие. Список и бланк даст Ирина.',
        kind: 'legal',
        place: 'МФЦ, окно 4',
        responsible: 'Ирина, куратор',
        when: { kind: 'span', from: day(0), until: day(9) },
        audience: 'adults',
        familyPart: 'Взять справку о доходах за год.',
        centrePart: 'Проверить документы и пойти вместе.',
      },
      {
        code: 'doctor',
        title: 'Содействие в прохождении медицинского осмотра',
        plain: 'Осмотр у терапевта и окулиста: Тимур жалуется на головную боль.',
        kind: 'medical',
        place: 'Детская поликлиника № 2',
        responsible: 'Светлана, мама',
        when: { kind: 'once', on: day(12), at: '09:20' },
        audience: 'family',
      },
      {
        code: 'loan',
        title: 'Правовое консультирование по вопросу реструктуризации задолженности',
        plain: 'Юрист объяснит, как снизить платёж по кредиту и что говорить взыскателям.',
        kind: 'legal',
        place: 'Центр «Рядом», кабинет 3',
        responsible: 'Павел, юрист',
        when: { kind: 'once', on: day(3), at: '14:00' },
        audience: 'adults',
      },
      {
        code: 'sport',
        title: 'Вовлечение в организованную досуговую деятельность',
        plain: 'Бесплатная секция скалолазания: можно прийти и просто посмотреть.',
        kind: 'social',
        place: 'Дворец спорта',
        responsible: 'Ирина, куратор',
        when: { kind: 'once', on: day(-2), at: '18:00' },
        audience: 'minors',
      },
    ],
  }
}

/** Activities marked as done; the other past ones wait for their mark. */
export const demoDone: readonly string[] = ['school']

/** The curator's next visits: the day after tomorrow at 15:00, and a week later. */
export const demoVisits = (
  today: Temporal.PlainDate,
  timeZone: string,
  staffId: string,
): readonly PlannedVisit[] => {
  const at = (days: number, hour: number) =>
    new Date(
      today.add({ days }).toZonedDateTime({ timeZone, plainTime: new Temporal.PlainTime(hour) })
        .epochMilliseconds,
    )
  const common = { minutes: 60, staffId, audience: 'family', memberIds: [] } as const
  return [
    {
      ...common,
      startsAt: at(2, 15),
      purpose: 'regular',
      content: { place: null, note: 'Приготовьте, пожалуйста, дневник Тимура и письмо из банка.' },
    },
    { ...common, startsAt: at(9, 15), purpose: 'regular', content: { place: null, note: null } },
  ]
}
