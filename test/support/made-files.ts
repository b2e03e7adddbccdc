import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Paths of the files below a folder in which one of these words stands. */
export const filesWith = async (folder: string, words: readonly string[]): Promise<string[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const found: string[] = []
  for (const entry of entries.filter((one) => one.isFile())) {
    const path = join(entry.parentPath, entry.name)
    const content = await readFile(path, 'utf8')
    if (words.some((word) => content.includes(word))) found.push(path)
  }
  return found
}
