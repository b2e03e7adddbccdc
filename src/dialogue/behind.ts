import type { Turn } from './screen.ts'

/**
 * The draft has a newer revision than the screen: an answer was committed whose card the session does not know, because
 * the process died in between or another instance is about to write it. What the person says now was not meant for
 * this question.
 */
export const isBehind = ({ session, who }: Turn): boolean =>
  session.screen.name === 'question' &&
  session.draft !== undefined &&
  who?.draft != null &&
  who.draft.revision !== session.draft
