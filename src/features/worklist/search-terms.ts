import type { Sealer } from '#storage/seal.ts'

// The blind index: words of names and phones as keyed hashes (ADR 58). Nothing that was searched for is stored.

const purpose = 'search'

/** Words of a name as they are compared: «Ольга Пётровна» → `ольга`, `петровна`. Pure. */
export const nameWords = (name: string): string[] => [
  ...new Set(
    name
      .normalize('NFKD')
      .toLowerCase()
      // People write ё as е.
      .replace(/\u0308/g, '')
      .normalize('NFC')
      .split(/[^\p{L}]+/u)
      .filter((word) => word.length > 1),
  ),
]

/** The digits of a phone with the country's code; null if these are none. «8 900 111-22-33» and «+7 900…» are the same. Pure. */
export const phoneDigits = (text: string): string | null => {
  if (!/^[\d\s()+.-]+$/.test(text)) return null
  const digits = text.replace(/\D/g, '')
  if (digits.length < 10 || digits.length > 15) return null
  if (digits.length === 10) return `7${digits}`
  return digits.length === 11 && digits.startsWith('8') && !text.includes('+')
    ? `7${digits.slice(1)}`
    : digits
}

const termsOf = ({ name, phone }: { name?: string | undefined; phone?: string | undefined }): string[] => {
  const digits = phone === undefined ? null : phoneDigits(phone)
  return [...nameWords(name ?? '').map((word) => `name:${word}`), ...(digits ? [`phone:${digits}`] : [])]
}

/** The marks of whoever has this name and phone, by the first key. */
export const marksOf = (
  sealer: Sealer,
  person: { name?: string | undefined; phone?: string | undefined },
): string[] => termsOf(person).map((term) => sealer.sign(term, purpose))

/** The mark of whoever has neither; no search makes it. */
export const nothingMark = (sealer: Sealer): string => sealer.sign('nothing', purpose)

/** The marks of what is searched for: a group for each word or the phone, under every key. Empty: it is neither. */
export const marksToFind = (sealer: Sealer, text: string): (readonly string[])[] => {
  const digits = phoneDigits(text)
  const terms = digits ? [`phone:${digits}`] : termsOf({ name: text })
  return terms.slice(0, mostWords).map((term) => sealer.signatures(term, purpose))
}

const mostWords = 4

export type NumberSearch = { requests: string[]; family: number | null }

/** A number of a request or family: «2026-000123», «123» (of this year and the last), «№ 40»; null if it is none. Pure. */
export const numberToFind = (text: string, year: number): NumberSearch | null => {
  const whole = /^(?:№\s*)?(\d{4})-(\d{1,6})$/.exec(text)
  if (whole) return { requests: [`${whole[1]}-${(whole[2] ?? '').padStart(6, '0')}`], family: null }
  const short = /^(?:№\s*)?(\d{1,6})$/.exec(text)?.[1]
  if (short === undefined) return null
  const requests = [year, year - 1].map((one) => `${one}-${short.padStart(6, '0')}`)
  return { requests, family: Number(short) }
}
