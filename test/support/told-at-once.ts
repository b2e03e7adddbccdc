import { type Answers, answersSchema } from '#features/intake/answers.ts'
import { saveDraft } from '#storage/intake/drafts.ts'
import { sealerOf } from '#storage/keys/subject-keys.ts'
import { storedAccount, testSealer } from './accounts.ts'
import type { Chat } from './chat.ts'
import { adultSubmits, after, parentAnswers, upTo } from './intake.ts'
import type { World } from './world.ts'

/** What a parent tells between both consents, as thirteen steps of `parentAnswers` leave it in the draft. */
const told: Answers = {
  ownWords: 'Сын не выходит из комнаты.',
  danger: 'no',
  territory: 'leninsky',
  circumstances: ['child-adaptation'],
  helpKinds: ['psychological'],
  children: [2014, 2018],
  safeContact: 'both',
  safeToCall: 'yes',
  safeToWrite: 'yes',
  name: 'Ольга',
  phone: '+79001112233',
  hours: ['evening'],
}

const store = async ({ database, clock }: World, chat: Chat): Promise<void> => {
  const where = { account: storedAccount(chat) }
  const { id, draft } = await database.prisma.person.findUniqueOrThrow({ where, include: { draft: true } })
  if (!draft) throw new Error('nothing has been consented to')
  const own = await sealerOf(database, testSealer, { person: id })
  const place = `drafts.answers.${id}`
  const answers = { ...answersSchema.parse(own.openJson(draft.answers, place)), ...told }
  const { id: draftId, revision, version, region } = draft
  const saved = await saveDraft(database, {
    input: { channel: 'telegram', id: `told-${id}` },
    ...{ draftId, revision, version, region },
    answers: own.sealJson(answers, place),
    now: clock.now(),
  })
  if (saved !== 'saved') throw new Error(`the draft is ${saved}`)
}

/**
 * As `submitAsParent`, for tests that begin with a request: consents are given and the request is sent in the chat, and what
 * stands between is stored at once, by what the dialogue stores it with. journeys/intake/told-at-once compares both.
 */
export const submitAtOnce = async (world: World, chat: Chat): Promise<string> => {
  await chat.play(upTo(parentAnswers(), 'question.ownWords'))
  await store(world, chat)
  await chat.play([
    ['/start', 'home'],
    ['Продолжить', 'question.supportRequest'],
    ...after(parentAnswers(), 'question.supportRequest'),
    ...adultSubmits,
  ])
  const number = /\d{4}-\d{6}/.exec(chat.text())?.[0]
  if (!number) throw new Error(`no number on the card: ${chat.text()}`)
  return number
}
