import { plainText } from './plain-text.ts'

const yes = /^(?:да|ага|угу|верно|все верно|правильно|точно|yes|yep|right|correct)[\s.!,)]*$/u
const no = /^(?:нет|неа|неверно|не верно|неправильно|no|nope|wrong)[\s.!,)]*$/u

/** The answer in words to «Верно: 12 марта 2012?»; null for anything that says more. */
export const readYesOrNo = (text: string): 'yes' | 'no' | null => {
  const plain = plainText(text)
  if (yes.test(plain)) return 'yes'
  return no.test(plain) ? 'no' : null
}
