type Placed = { id: string; position: number }

/** What `up:<id>` or `down:<id>` does to a list: it and its neighbour change places. Pure. */
export const neighbours = (all: readonly Placed[], act: string): Placed[] => {
  const [way, id] = act.split(':')
  const from = all.findIndex((one) => one.id === id)
  const [one, other] = [all[from], all[from + (way === 'up' ? -1 : 1)]]
  if (!one || !other || from < 0) return []
  // Two that a system has put in one place are told apart.
  const apart = one.position === other.position ? (way === 'up' ? -1 : 1) : 0
  return [
    { id: one.id, position: Math.max(0, other.position + apart) },
    { id: other.id, position: one.position },
  ]
}
