import { plainText } from './plain-text.ts'

const yes = /^(?:да|ага|угу|верно|все верно|правильно|точно|yes|yep|right|correct)[\s.!,)]*$/u
const no = /^(?:нет|неа|неверно|не верно|неправильно|no|nope|wrong)[\s.!,)]*$/u

/** The answer in words to «Верно: 12 марта 2012?»; null for anything that says more. */
export const readYesOrNo = (text: string): 'yes' | 'no' | null => {
  const plain = plainText(text)
  if (yes.test(plain)) return 'yes'
  return no.test(plain) ? 'no' : null
}

const mayWrite =
  /^(?:(?:да|ага|угу|yes|yep)[\s,!.]+)?(?:можно|пиши|пишите|безопасно|можно писать|it is safe|safe|you can)(?:[\s,!.]+(?:сюда|мне|писать|пиши|пишите|write))*[\s.!)]*$/u
const mayNotWrite =
  /(?:^|[\s,.!(])(?:не ?(?:надо|нужно|стоит)?[\s]*(?:мне |сюда )?пи(?:ши|шите|сать)|лучше не|не ?надо|небезопасно|не безопасно|нельзя|не очень|dont write|do not write|don[’']t write|not safe)(?![\p{L}])/u
/** Longer words tell a story, in which somebody else may have been told not to write. */
const longestAnswer = 80

/**
 * The answer in words to whether writing is safe; `more`: it says more, which people have to read. A «no» is taken from among
 * other words, too, because to write where it was forbidden does harm.
 */
export const readMayWrite = (text: string): { answer: 'yes' | 'no'; more: boolean } | null => {
  const plain = plainText(text)
  const bare = readYesOrNo(text)
  if (bare) return { answer: bare, more: false }
  if (mayWrite.test(plain)) return { answer: 'yes', more: false }
  return plain.length <= longestAnswer && mayNotWrite.test(plain) ? { answer: 'no', more: true } : null
}

const dangerNow =
  /^(?:да|da|ага|угу|yes|yep)(?:[\s,!.]+(?:прямо|прям|сейчас|щас|seychas|угрожает|опасно|очень|есть|right|now))*[\s.!]*$/u
const noDanger =
  /^(?:нет|неа|net|no|nope)(?:[\s,!.]+(?:не|сейчас|пока|никому|угрожает|опасно|спасибо|not|now))*[\s.!]*$/u
const unknown =
  /^(?:я )?(?:не ?знаю|не ?уверена?|не ?понимаю|затрудняюсь|ne znayu|i don[’']?t know|not sure)[\s.!)]*$/u

/** The answer in words to whether somebody is in danger now; null for anything that says more, which is told to people. */
export const readDanger = (text: string): 'now' | 'no' | 'unknown' | null => {
  const plain = plainText(text)
  if (dangerNow.test(plain)) return 'now'
  if (noDanger.test(plain)) return 'no'
  return unknown.test(plain) ? 'unknown' : null
}
