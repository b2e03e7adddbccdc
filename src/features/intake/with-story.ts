import { countCharacters } from '#core/words.ts'
import type { MessageContent } from '#features/messages/message-files.ts'
import { type Answers, longestStory, mostStoryFiles } from './answers.ts'

/** The answers with more words or a file in the story; null if it has become too long. */
export const withStory = (answers: Answers, { text, file }: MessageContent): Answers | null => {
  const ownWords = [answers.ownWords, text].filter(Boolean).join('\n') || null
  const ownFiles = [...(answers.ownFiles ?? []), ...(file ? [file] : [])]
  if (countCharacters(ownWords ?? '') > longestStory || ownFiles.length > mostStoryFiles) return null
  return { ...answers, ownWords, ...(ownFiles.length > 0 && { ownFiles }) }
}
