import { languages, type Language, type Texts } from '#core/text.ts'
import { idOf } from '#core/ids.ts'
import type { Database } from '#storage/database.ts'
import {
  type ReplyContent,
  replyContent,
  replyTones,
  seedQuickReplies,
} from '#storage/messages/quick-replies.ts'

/** The ready answers with which a centre begins; their texts are in `locales/`. */
const codes = [
  'received',
  'visit',
  'call',
  'time',
  'papers',
  'danger',
  'decision',
  'curator',
  'late',
  'done',
  'welcome',
] as const

/** Pure; throws if a text is missing. */
export const seededReply = (texts: Texts, code: (typeof codes)[number]): ReplyContent => {
  const inLanguage = (language: Language) => {
    const [adult, minor] = [texts.for(language, 'adult'), texts.for(language, 'minor')]
    const key = `quickReplies.seed.${code}`
    return {
      title: adult.label(`${key}.title`),
      texts: Object.fromEntries(
        replyTones.map((tone) => [
          tone,
          { adult: adult.label(`${key}.${tone}`), minor: minor.label(`${key}.${tone}`) },
        ]),
      ),
    }
  }
  const [ru, en] = languages.map(inLanguage)
  return replyContent.parse({
    ...(code === 'call' && { aboutCalls: true }),
    title: { ru: ru?.title, en: en?.title },
    texts: { ru: ru?.texts, en: en?.texts },
  })
}

/** Gives a new centre its ready answers; those that it has changed or removed stay so. */
export const seedReplies = (database: Database, texts: Texts, now: Date): Promise<void> =>
  seedQuickReplies(
    database,
    codes.map((code, index) => ({
      id: idOf(`quick-reply.${code}`),
      position: index + 1,
      content: seededReply(texts, code),
      updatedAt: now,
    })),
  )
