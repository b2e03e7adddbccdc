/** Remembers the results of a pure function for the last `most` texts that it was asked about. */
export const memoByText = <Value>(
  most: number,
  compute: (text: string) => Value,
): ((text: string) => Value) => {
  const known = new Map<string, { value: Value }>()
  return (text) => {
    const found = known.get(text)
    if (found) return found.value
    const value = compute(text)
    known.set(text, { value })
    const [oldest] = known.keys()
    if (known.size > most && oldest !== undefined) known.delete(oldest)
    return value
  }
}
