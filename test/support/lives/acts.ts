import { expect } from 'vitest'
import { erasing } from '#test/support/erasing.ts'
import { openLink } from '#test/support/family.ts'
import { adultSubmits, minorAnswers, minorSubmits, parentAnswers, type Steps } from '#test/support/intake.ts'
import { copyOf } from '#test/support/my-data.ts'
import type { Life, Stand } from './life.ts'
import type { Lives } from './open-lives.ts'

/** What one of them, or the centre about one of them, may do now. */
export type Act = {
  name: string
  weight: number
  may(stand: Stand, life: Life): boolean
  run(lives: Lives, life: Life, stand: Stand): Promise<void>
}

const isIn = (stand: Stand) => stand.memberId !== null && stand.isConfirmed && !stand.isHidden

const labels = ({ chat }: Life) => chat.buttons(chat.card()).map(({ text }) => text)

const yesOf = (life: Life): string =>
  labels(life).find((label) => /^(Даю согласие|Да, разрешаю|Войти)$/.test(label)) ?? 'Даю согласие'

/** Says something to the centre, which must be able to read it from now on. */
const leave = ({ words }: Lives, life: Life): string => {
  const word = words.after(life.canary)
  life.said.push(word)
  return word
}

const message: Act = {
  name: 'message',
  weight: 6,
  may: isIn,
  run: async (lives, life) => {
    await life.chat.say('/messages')
    await life.chat.say(`Тут ${leave(lives, life)}`)
  },
}

const file: Act = {
  name: 'file',
  weight: 2,
  may: isIn,
  run: async (lives, life) => {
    await life.chat.say('/messages')
    life.chat.telegram.sendPhoto(life.chat.id, { caption: leave(lives, life) })
    await life.chat.settle()
  },
}

/** The questionnaire with the words and the name of this person. */
const ownAnswers = (lives: Lives, life: Life): Steps => {
  const answers = life.role === 'parent' ? parentAnswers() : minorAnswers('Нет, это небезопасно')
  return answers.map(([deed, shown]) => {
    if (deed === 'Пропустить' && shown === 'question.danger') return [{ words: leave(lives, life) }, shown]
    if (typeof deed !== 'object') return [deed, shown]
    if (deed.words.startsWith('Сын')) return [{ words: leave(lives, life) }, shown]
    return ['Ольга', 'Даша'].includes(deed.words) ? [{ words: life.name }, shown] : [deed, shown]
  })
}

const ask: Act = {
  name: 'ask',
  weight: 4,
  may: (stand) => stand.memberId === null && !stand.isHidden && stand.openRequest === null,
  run: async (lives, life) => {
    const [, ...answers] = ownAnswers(lives, life)
    // What the menu says depends on what there was before.
    await life.chat.play([['/start', /./], ...answers])
    await life.chat.play(life.role === 'parent' ? adultSubmits : minorSubmits)
  },
}

const closeRequest: Act = {
  name: 'close-request',
  weight: 3,
  may: (stand) => stand.openRequest !== null,
  run: async ({ key, world }, _, { openRequest }) => {
    const path = `/requests/${openRequest?.id}`
    const { id: staffId } = await world.database.prisma.staffMember.findFirstOrThrow({
      where: { name: 'Анна' },
    })
    if (openRequest?.status === 'submitted')
      expect(await key.post(`${path}/claim`, { staffId })).toMatchObject({ status: 200 })
    const closing = { to: 'closed', outcome: 'not-needed', decision: { reason: 'Помощь не нужна.' } }
    expect(await key.post(`${path}/transition`, closing)).toMatchObject({ status: 200 })
  },
}

const join: Act = {
  name: 'join',
  weight: 5,
  may: (stand) => stand.memberId === null && !stand.isHidden,
  run: async ({ key, path }, life) => {
    const asked = { role: life.role, name: life.name }
    const first = await key.post(`${path}/members`, asked)
    const acknowledgement = { reason: 'Попросили сами' }
    // Somebody has said that home is unsafe, which is to be read first.
    const added =
      first.status === 409 ? await key.post(`${path}/members`, { ...asked, acknowledgement }) : first
    // A closed family takes nobody in.
    if (added.status === 409) return
    expect(added).toMatchObject({ status: 201 })
    const { member, link } = added.body as { member: { id: string }; link: string }
    await openLink(life.chat, link)
    // Who has consented before only comes in.
    await life.chat.tap(yesOf(life))
    if (life.role !== 'minor') return
    const told = await key.post(`${path}/members/${member.id}/safety`, { fact: 'parents-unsafe' })
    // She has said so before, with a request.
    expect([201, 409]).toContain(told.status)
  },
}

/** Opens the consent that stands; false: there is none. */
const openConsent = async (life: Life): Promise<boolean> => {
  const { chat } = life
  await chat.say('/mydata')
  if (!labels(life).includes('Мои согласия')) return false
  await chat.tap('Мои согласия')
  for (const label of labels(life).filter((one) => /\d\. Мои данные/.test(one))) {
    await chat.tap(label)
    if (labels(life).includes('Отозвать согласие')) return true
    await chat.byHand('-.my-consents.')
  }
  return false
}

const withdraw: Act = {
  name: 'withdraw',
  weight: 2,
  may: (stand) => stand.personId !== null && !stand.isHidden && !stand.isWithdrawn,
  run: async (_, life) => {
    if (!(await openConsent(life))) return
    await life.chat.play([
      ['Отозвать согласие', 'consent-withdraw'],
      ['Отозвать', /Отозвано/],
    ])
  },
}

const again: Act = {
  name: 'consent-again',
  weight: 2,
  may: (stand) => stand.personId !== null && !stand.isHidden && !stand.isWithdrawn,
  run: async ({ world }, life, { personId }) => {
    await erasing(world.database, (tx) =>
      tx.consent.updateMany({
        where: { personId: personId ?? '', kind: 'personal-data', withdrawal: null },
        data: { version: '2026-11-22', textHash: 'b'.repeat(64) },
      }),
    )
    await life.chat.say('/menu')
    if (!labels(life).includes('Новое согласие')) return
    await life.chat.tap('Новое согласие')
    await life.chat.tap(yesOf(life))
  },
}

const copy: Act = {
  name: 'copy',
  weight: 2,
  may: (stand) => isIn(stand) || (stand.openRequest !== null && !stand.isHidden),
  run: async ({ people }, life) => {
    const text = await copyOf(life.chat)
    for (const other of people.filter((one) => one !== life)) expect(text).not.toContain(other.canary)
  },
}

const eraseOwn: Act = {
  name: 'erase-own',
  weight: 3,
  may: (stand) => stand.personId !== null && !stand.isHidden,
  run: async (_, life) => {
    await life.chat.say('/mydata')
    if (!labels(life).includes('Удалить')) return
    await life.chat.tap('Удалить')
    if (labels(life).includes('Удалить всё')) await life.chat.tap('Удалить всё')
  },
}

const hide: Act = {
  name: 'hide',
  weight: 2,
  may: (stand) => stand.personId !== null && !stand.isHidden,
  run: async (_, life) => {
    await life.chat.say('/hide')
    const sure = life.chat.messages().findLast(({ by }) => by === 'bot')
    const buttons = sure ? life.chat.buttons(sure).map(({ text }) => text) : []
    if (buttons.includes('Спрятать сейчас')) await life.chat.tap('Спрятать сейчас', sure)
  },
}

const comeBack: Act = {
  name: 'come-back',
  weight: 8,
  may: (stand) => stand.isHidden,
  run: async (_, { chat }) => chat.say('погода'),
}

export const ownActs: readonly Act[] = [
  ...[message, file, ask, closeRequest, join, withdraw, again, copy, eraseOwn, hide, comeBack],
]
