import type { Source } from './sources.ts'

/** Finds groups of files with cyclic imports (Tarjan's strongly connected components), including type imports. */
export const findCycles = (sources: readonly Source[]): string[][] => {
  const paths = new Set(sources.map(({ path }) => path))
  const targets = new Map(
    sources.map(({ path, imports }) => [
      path,
      imports.map(({ target }) => target).filter((one) => paths.has(one)),
    ]),
  )
  const order = new Map<string, number>()
  const open: string[] = []
  const cycles: string[][] = []

  const visit = (path: string): number => {
    const own = order.size
    order.set(path, own)
    open.push(path)
    let low = own
    for (const target of targets.get(path) ?? []) {
      if (!order.has(target)) low = Math.min(low, visit(target))
      else if (open.includes(target)) low = Math.min(low, order.get(target) ?? low)
    }
    if (low === own) {
      const group = open.splice(open.indexOf(path))
      if (group.length > 1) cycles.push(group.toSorted())
    }
    return low
  }

  for (const path of paths) if (!order.has(path)) visit(path)
  return cycles
}
