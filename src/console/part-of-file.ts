// Which part of a file is asked for (RFC 9110, 14): players ask for the place to which somebody moves within a recording.

export type AskedPart = {
  /** The header `range`. */
  range?: string | undefined
  /** The header `if-range`. */
  ifRange?: string | undefined
}

/** `whole`: nothing else was asked for, or not in a way that is understood. `nowhere`: the file has no such place. */
export type Part = 'whole' | 'nowhere' | { from: number; to: number }

/** Several parts at once are answered with the whole, which the standard allows. `tag`: the file's `etag`. Pure. */
export const partOf = ({ range, ifRange }: AskedPart, { size, tag }: { size: number; tag: string }): Part => {
  if (range === undefined || (ifRange !== undefined && ifRange !== tag)) return 'whole'
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(range.trim()) ?? []
  if (first === '' && last === '') return 'whole'
  if (first === '') {
    const length = Math.min(Number(last), size)
    return length === 0 ? 'nowhere' : { from: size - length, to: size - 1 }
  }
  const from = Number(first)
  const to = last === '' ? size - 1 : Math.min(Number(last), size - 1)
  if (last !== '' && Number(last) < from) return 'whole'
  return from >= size ? 'nowhere' : { from, to }
}
