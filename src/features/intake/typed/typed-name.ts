/** What people write around their name. */
const before =
  /^(?:(?:здравствуйте|привет|hi|hello)[\s,!.]+)?(?:(?:меня\s+)?зовут(?:\s+меня)?|(?:можно\s+)?(?:зовите|называйте|звать)(?:\s+меня)?(?:\s+просто)?|мо[её]\s+имя|имя|это|просто|я|my\s+name\s+is|name(?:\s+is)?|i\s+am|i[’']m|call\s+me)[\s:,–—-]+/iu
const nameless =
  /^(?:(?:можно\s+)?без\s+имени|(?:можно\s+)?аноним\p{L}*|инкогнито|никак|не\s+(?:скажу|хочу(?:\s+говорить(?:\s+имя)?)?|важно|надо)|никто|no\s+name|anonymous(?:ly)?|without\s+a?\s*name|i\s+won[’']t\s+say)[.!]*$/iu

/** A name as people give it: «меня зовут Лена» → «Лена»; null for «без имени». One line. */
export const readName = (text: string): string | null => {
  const line = text.replace(/\s+/gu, ' ').trim()
  if (nameless.test(line)) return null
  const name = line.replace(before, '').replace(/(?<=\p{L})[\s.!)]+$/u, '')
  // Longer than a name: they say more, and all of it is kept.
  return /\p{L}/u.test(name) && name.split(' ').length <= 3 ? name : line
}
