import { formatDay } from '#core/dates.ts'
import { cutName, nameBesideRole, nameOrRole } from '#dialogue/families/member-name-view.ts'
import { safetyText } from '#dialogue/families/safety-view.ts'
import type { View } from '#dialogue/view.ts'
import type { AccountState } from '#features/families/account-changes.ts'
import type { SafetyFact } from '#features/families/safety-facts.ts'
import type { MessageLines } from '#features/messages/thread-lines.ts'
import type { Correspondent, OpenThread, Thread } from '#features/messages/threads.ts'
import type { Region } from '#regions/schema.ts'
import type { Family } from '#storage/families/families.ts'
import { type CardBuilder, paragraphs } from '../card-builder.ts'
import { threadPage } from './thread-lines-view.ts'

type Warned = { safety: readonly SafetyFact[]; timeZone: string; now: Date }

/** The members who can be written to, and those who wait for an answer. */
export const threadsView = (
  builder: CardBuilder,
  { family, threads, safety, ...when }: Warned & { family: Family; threads: Thread[] },
): View => {
  const { say, link } = builder
  const lines = threads.map(({ name, role, unread }) =>
    [
      say.t('thread.member', { name: nameBesideRole(say, name), role: say.label(`thread.roles.${role}`) }),
      unread && say.t(unread.alarming ? 'thread.unreadAlarming' : 'thread.unread', { count: unread.count }),
    ]
      .filter(Boolean)
      .join('\n'),
  )
  const title = say.t('thread.familyTitle', { number: family.number })
  return builder.card(
    'f-thread',
    paragraphs(
      title,
      safetyText(say, safety, when),
      ...(lines.length > 0 ? lines : [say.t('thread.noMembers')]),
    ),
    [
      ...threads.map(({ id, role, name, unread }) => [
        link(`${unread ? '● ' : ''}${shortened(nameOrRole(say, role, name))}`, 'thread', id),
      ]),
      [link(say.label('caseload.card'), 'f-card', family.id)],
    ],
    { confidential: true },
  )
}

const longestLabel = 22

const shortened = (name: string): string => cutName(name, longestLabel)

export type ThreadFacts = MessageLines & {
  family: Family
  member: Correspondent
  safety: readonly SafetyFact[]
  account: AccountState
  apart: OpenThread['apart']
  page: number
  region: Region
  now: Date
}

/** A member's conversation for staff; it is deleted from the chat with the next card. */
export const threadView = (builder: CardBuilder, facts: ThreadFacts): View => {
  const { say, button, link } = builder
  const { lines, more, family, member, account, apart, page, region, now } = facts
  const own = ({ author }: { author: string }) => author === 'staff'
  const { shown, files, turns } = threadPage(builder, {
    ...{ lines, more, page, now, own },
    timeZone: region.timeZone,
    who: (line) => (own(line) ? (line.by ?? '') : nameOrRole(say, member.role, member.name)),
  })
  const values = {
    number: family.number,
    name: nameBesideRole(say, member.name),
    role: say.label(`thread.roles.${member.role}`),
  }
  return builder.card(
    'thread',
    paragraphs(
      say.t('thread.title', values),
      safetyText(say, facts.safety, { timeZone: region.timeZone, now }),
      apart &&
        say.t('thread.apart', {
          names: apart.names.join(', '),
          day: formatDay(say, { instant: apart.since, timeZone: region.timeZone, now }),
        }),
      ...(lines.length > 0 ? shown : [say.t('talk.empty')]),
      lines.some(own) && say.t('messages.marks'),
      account === 'none' && say.t('thread.notJoined'),
      account === 'unconfirmed' && say.t('account.staff.unconfirmed'),
      account === 'paused' && say.t('account.staff.paused'),
    ),
    [
      ...files,
      ...turns,
      [button(say.label('talk.answer'), 'note')],
      [link(say.label('thread.all'), 'f-thread', family.id)],
    ],
    { confidential: true },
  )
}

export const threadWriteView = (builder: CardBuilder, { safety, ...when }: Warned): View =>
  builder.card(
    'thread-write',
    paragraphs(safetyText(builder.say, safety, when), builder.say.t('thread.what')),
    [[builder.button(builder.say.label('quickReplies.button'), 'set', 'ready')]],
    { confidential: safety.length > 0 },
  )

/** A member wrote; who and what is behind the button. */
export const messageCardView = (
  { say, link }: CardBuilder,
  {
    number,
    memberId,
    kind,
  }: { number: number; memberId: string; kind: 'message' | 'message-alarming' | 'message-late' },
): View => ({
  screen: `family.${kind}`,
  html: say.t(`thread.cards.${kind}`, { number }),
  rows: [[link(say.label('thread.openCard'), 'thread', memberId)]],
})
