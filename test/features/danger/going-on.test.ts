import { expect, test } from 'vitest'
import { isByOwnHand } from '#features/danger/by-own-hand.ts'
import { dangerTalkMs, goesOn, goingOn, talkAt } from '#features/danger/going-on.ts'
import type { DangerKind } from '#features/danger/danger-kinds.ts'
import { dreadsHome, liesLifeless, momentOf } from '#features/danger/moment.ts'
import { hearDanger } from '#features/danger/hear-danger.ts'

/** None of these is danger by itself, or only a call for help; each is in a talk about danger. */
const on = [
  'он стучит в дверь',
  'стучится ко мне',
  'он стучит',
  'он опять стучит',
  'папа все еще ломится',
  'дверь ломает',
  'он уже здесь',
  'он пришел',
  'папа проснулся',
  'идет сюда',
  'слышу шаги',
  'мне страшно',
  'боюсь',
  'больно',
  'скорее пожалуйста',
  'вы где',
  'закрылась в ванной',
  'сижу в шкафу',
  'мы в подъезде',
  'опять начал',
  'не отвечает не шевелится',
  'on zdes',
  'he is coming',
  'please hurry',
]
test.each(on)('goes on: «%s»', (text) => expect(goesOn(text)).toBe(true))

test.each([
  'спасибо за сообщение',
  'а какие документы нужны',
  'можно завтра после обеда',
  'меня зовут Оля',
  'Ставрополь, Ленина 5',
  'хорошо, жду',
  'да',
  'а вы позвоните?',
  '89001112233',
  'thank you',
  'он не стучит',
  'сердце стучит от волнения',
])('does not go on: «%s»', (text) => expect(goesOn(text)).toBe(false))

test.each([
  'он стучит в дверь',
  'он уже здесь',
  'он пришел',
  'идет сюда',
  'слышу шаги',
  'вы где',
  'мы в подъезде',
])('without such a talk «%s» is nothing', (text) => expect(hearDanger(text)).toBeNull())

test('a talk is about danger for two hours after it was last spoken of', () => {
  const at = Date.parse('2026-11-24T21:00:00Z')
  const talk = { kinds: ['violence' as const], at }
  expect(talkAt(talk, new Date(at + dangerTalkMs - 1))).toBe(talk)
  expect(talkAt(talk, new Date(at + dangerTalkMs))).toBeNull()
  expect(talkAt(null, new Date(at))).toBeNull()
})

const alone = ['alone' as const, 'hunger' as const]
test.each(['мама пришла', 'бабушка приехала', 'мама уже дома', 'mom came back'])(
  'to a child left alone «%s» is the end of it',
  (text) => expect(goesOn(text, alone)).toBe(false),
)

test.each([
  'мама пришла и орет',
  'мама пришла мне страшно',
  'он пришел',
  'папа пришел',
  'мама не пришла мне страшно',
])('but «%s» is not', (text) => expect(goesOn(text, alone)).toBe(true))

test('a mother who comes home may be the danger itself', () => {
  expect(goesOn('мама пришла', ['violence'])).toBe(true)
  expect(goesOn('мама пришла', ['alone', 'drunk'])).toBe(true)
  expect(goesOn('мама пришла', ['alone', 'call'])).toBe(true)
})

test.each([
  'he take my passport and dont let me go out',
  'my husband takes my passport',
  'he doesn’t let me leave',
])('«%s» is control', (text) => expect(hearDanger(text)?.kinds).toContain('control'))
test.each(['мне 7 я адин дома', 'мне семь лет я адна дома', 'я один дома и боюсь'])('«%s»: alone', (text) =>
  expect(hearDanger(text)?.kinds).toContain('alone'),
)

const momentIn = (text: string, kinds: DangerKind[], inTalk = true) =>
  momentOf(goingOn(text, kinds), { kinds, inTalk })

test.each([
  ['он стучит в дверь', 'door'],
  ['он ломится', 'door'],
  ['дверь ломает', 'door'],
  ['он дергает ручку', 'door'],
  ['he is banging on the door', 'door'],
  ['он пришёл', 'near'],
  ['он уже здесь', 'near'],
  ['папа проснулся', 'near'],
  ['ща мама зашла', 'near'],
  ['hes back', 'near'],
  ['прячусь в ванной', 'hiding'],
  ['я заперлась', 'hiding'],
  ['он ломится, я заперлась в ванной', 'hiding'],
  ['мы под кроватью', 'hiding'],
  ['i locked myself in the bathroom', 'hiding'],
  ['im hiding', 'hiding'],
  ['я выбежала на улицу', 'outside'],
  ['мы в подъезде', 'outside'],
  ['i ran outside', 'outside'],
  ['она не дышит', 'hurt'],
  ['мама без сознания', 'hurt'],
  ['she is not breathing', 'hurt'],
  ['мне страшно', null],
  ['вы где', null],
] as const)('in a talk of drink and blows «%s» is the moment: %s', (text, moment) =>
  expect(momentIn(text, ['drunk', 'violence'])).toBe(moment),
)

test('a moment is of a danger from somebody else, and of now', () => {
  expect(momentIn('сын заперся в ванной', ['suicide'])).toBeNull()
  expect(momentIn('закрылась в ванной, он кричит', ['own-hands'])).toBeNull()
  expect(momentIn('он не дышит', ['suicide'])).toBe('hurt')
  expect(momentIn('он стучит в дверь', ['suicide', 'violence'])).toBe('door')
  expect(momentIn('он стучит в дверь', ['call'])).toBe('door')
  expect(momentIn('мы в подъезде', ['no-shelter', 'drunk'])).toBeNull()
  expect(momentIn('папа пьяный ломится в дверь', ['drunk'], false)).toBe('door')
  expect(momentIn('он пришёл пьяный', ['drunk'], false)).toBeNull()
})

test.each([
  'мама спит и не просыпается',
  'бабушка не дышит',
  'мама лежит и не шевелится помогите',
  'папа упал и хрипит',
  'мама уже не отвечает и синяя',
])('«%s» calls for an ambulance, and nobody is said to have drunk or struck', (text) =>
  expect(liesLifeless(hearDanger(text) ?? { entries: [] })).toBe(true),
)

test.each(['мама пьяная лежит и не просыпается', 'папа бьёт маму она не встаёт', 'помогите'])(
  '«%s» is more, or less, than that',
  (text) => expect(liesLifeless(hearDanger(text) ?? { entries: [] })).toBe(false),
)

test.each(['сын не реагирует на замечания', 'малыш не встаёт сам', 'мама не встаёт после операции'])(
  '«%s» is no collapse',
  (text) => expect(hearDanger(text)).toBeNull(),
)

test.each([
  'ору на них. вчера шлёпнула младшего',
  'я ударила ребёнка по голове что делать',
  'я ужасная мать, ударила сына',
  'накричала и толкнула сына он ударился',
  'он плакал и я ударила его, стыдно',
  'наорала и дала подзатыльник сыну',
  'i hit my son',
  // «Мне» is of the shame, and not of the blow.
  'сегодня сорвалась и ударила сына, мне так стыдно',
  'дала подзатыльник младшему мне плохо от этого',
  'я кричу на детей и шлёпаю',
  'накричала и дала подзатыльник',
  'я иногда поднимаю на неё руку',
  'шлёпаю младшего почти каждый день и ненавижу себя',
  'я распускаю руки когда устала',
])('«%s» is told of one’s own hand', (text) =>
  expect(isByOwnHand(text, hearDanger(text)?.kinds ?? [])).toBe(true),
)

test.each([
  'муж бьёт меня, а я сорвалась и ударила сына',
  'свекровь ударила сына',
  'папа сорвался и избил сына',
  'мама меня ударила',
  'мне мать врезала',
  'мама ударила сына мне страшно',
  'my husband hits me and i hit my son',
  'муж кричит на детей и шлёпает',
  'мама накричала и дала мне подзатыльник',
  'он поднимает на меня руку',
])('«%s» is told of another’s', (text) =>
  expect(isByOwnHand(text, hearDanger(text)?.kinds ?? [])).toBe(false),
)

test.each([
  'боюсь идти домой',
  'не хочу домой там отчим',
  'страшно возвращаться домой',
  'я домой не пойду',
  'im scared to go home',
])('«%s» is dread of home, and nobody is missing', (text) => {
  expect(dreadsHome(hearDanger(text) ?? { kinds: [], entries: [] })).toBe(true)
})

test.each([
  'сын не вернулся домой со вчера',
  'дочка сбежала из дома',
  'боюсь идти домой он меня бьёт',
  'я сбежала из дома',
])('«%s» is more than that', (text) =>
  expect(dreadsHome(hearDanger(text) ?? { kinds: ['call'], entries: [] })).toBe(false),
)
