/** Releases resources in reverse order of opening. Tries every one, then throws the first error. */
export type Shutdown = {
  push(name: string, undo: () => Promise<void> | void): void
  release(): Promise<void>
}

export const createShutdown = (onUndo: (name: string) => void = () => {}): Shutdown => {
  const undos: { name: string; undo: () => Promise<void> | void }[] = []
  let released: Promise<void> | undefined

  const releaseAll = async () => {
    const errors: unknown[] = []
    for (const { name, undo } of undos.reverse()) {
      onUndo(name)
      try {
        await undo()
      } catch (error) {
        errors.push(error)
      }
    }
    if (errors.length > 0) throw errors[0]
  }

  return {
    push: (name, undo) => undos.push({ name, undo }),
    release: () => {
      released ??= releaseAll()
      return released
    },
  }
}
