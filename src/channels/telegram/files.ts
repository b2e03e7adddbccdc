import { GrammyError, InputFile } from 'grammy'

/** A file to send; `key` identifies its exact content. */
type Sent = { key: string; fileName: string; content: () => Promise<Uint8Array> }

const mostKnown = 10_000

/**
 * Caches Telegram's `file_id` by key, so that a file is uploaded once. If Telegram no longer knows an id, the file is
 * uploaded again.
 */
export const createFiles = () => {
  const known = new Map<string, string>()
  const remember = (key: string, fileId: string | undefined) => {
    if (fileId === undefined) return
    if (known.size >= mostKnown) for (const oldest of known.keys()) if (known.delete(oldest)) break
    known.set(key, fileId)
  }
  return async <T>(
    { key, fileName, content }: Sent,
    call: (file: string | InputFile) => Promise<T>,
    fileIdOf: (sent: T) => string | undefined,
  ): Promise<T> => {
    const upload = async () => {
      const sent = await call(new InputFile(await content(), fileName))
      remember(key, fileIdOf(sent))
      return sent
    }
    const fileId = known.get(key)
    if (fileId === undefined) return upload()
    try {
      return await call(fileId)
    } catch (error) {
      if (!isUnknownFile(error)) throw error
      known.delete(key)
      return upload()
    }
  }
}

const isUnknownFile = (error: unknown): boolean =>
  error instanceof GrammyError && /wrong (remote )?file[ _]id/i.test(error.description)
