/** Month names in both forms where a language has two: standalone, and after a day. */
const monthNames = ['ru', 'en'].flatMap((language) =>
  [{}, { day: 'numeric' } as const].flatMap((day) => {
    const format = new Intl.DateTimeFormat(language, { month: 'long', ...day, timeZone: 'UTC' })
    const name = (month: number) =>
      format.formatToParts(Date.UTC(2024, month, 1)).find(({ type }) => type === 'month')?.value ?? ''
    return Array.from({ length: 12 }, (_, month) => ({ name: name(month).toLowerCase(), month: month + 1 }))
  }),
)

/** «в марте», «мае»: cases that `Intl` does not write. */
const otherCase = /^(\p{L}{2,}?)(?:е|ем|ом|у|ю)$/u

/** The month that a word names, and whether it is spelt right; null for any other word. */
export const monthOf = (word: string): { month: number; exact: boolean } | null => {
  if (word.length < 3) return null
  const exact = monthNames.find(({ name }) => name.startsWith(word))
  if (exact) return { month: exact.month, exact: true }
  const stem = otherCase.exec(word)?.[1]
  const cased = stem && monthNames.find(({ name }) => name.replace(/[ьй]$/u, '') === stem)
  if (cased) return { month: cased.month, exact: true }
  // One slip of the finger, in a word that is long enough to be recognised.
  const slipped = new Set(
    monthNames.filter(({ name }) => name.length >= 4 && isSlip(word, name)).map(({ month }) => month),
  )
  const [month] = slipped
  return slipped.size === 1 && month !== undefined && word.length >= 4 ? { month, exact: false } : null
}

/** One letter too many, too few, another one, or two that have changed places. */
const isSlip = (word: string, name: string): boolean => {
  if (Math.abs(word.length - name.length) > 1) return false
  let start = 0
  while (start < word.length && word[start] === name[start]) start += 1
  const [a, b] = [word.slice(start), name.slice(start)]
  return (
    a.slice(1) === b.slice(1) ||
    a.slice(1) === b ||
    a === b.slice(1) ||
    (a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2))
  )
}
