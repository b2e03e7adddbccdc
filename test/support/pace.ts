/** How somebody reads, taps and types on a phone: a model, stated once; nobody's time was measured. */
export type Pace = { wordsPerMinute: number; tapSeconds: number; lettersPerMinute: number }

/** Silent reading, a tap, and typing on a phone with the search for words. */
export const calm: Pace = { wordsPerMinute: 180, tapSeconds: 2, lettersPerMinute: 150 }

/** Two thirds of the speed, and as long for a tap: hands shake, and the next button is looked for. */
export const frightened: Pace = { wordsPerMinute: 120, tapSeconds: 2, lettersPerMinute: 100 }

export const secondsOf = (
  { words, taps, letters = 0 }: { words: number; taps: number; letters?: number },
  { wordsPerMinute, tapSeconds, lettersPerMinute }: Pace,
): number => (words * 60) / wordsPerMinute + taps * tapSeconds + (letters * 60) / lettersPerMinute

export type Shown = {
  text: string
  entities: readonly { type: string; offset: number; length: number }[]
  labels: readonly string[]
}

/** Words that somebody reads on a card: all that was not on the one before. */
export const wordsAnew = (card: Shown, before: Shown | null): number =>
  countWords(linesOf(card).filter((line) => !before || !linesOf(before).includes(line)))

/** Words that somebody reads in a hurry: what is bold, or else the first sentence, and the buttons down to the one they tap. */
export const wordsInHurry = ({ text, entities, labels }: Shown, tapped: string): number => {
  const bold = entities
    .filter(({ type }) => type === 'bold')
    .map(({ offset, length }) => text.slice(offset, offset + length))
  const asked = bold.length > 0 ? bold : [text.split(/(?<=[.!?])\s/)[0] ?? '']
  return countWords([...asked, ...labels.slice(0, labels.findIndex((label) => label.includes(tapped)) + 1)])
}

const linesOf = ({ text, labels }: Shown): string[] => [...text.split('\n'), ...labels]

const countWords = (lines: readonly string[]): number =>
  lines
    .join(' ')
    .split(/\s+/)
    .filter((word) => /[\p{L}\d]/u.test(word)).length
