import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { nameBesideRole } from '#dialogue/families/member-name-view.ts'
import { repliesForMember } from '#features/messages/quick-replies.ts'
import { correspondentOf, threadFile } from '#features/messages/threads.ts'
import { html } from '#http/markup.ts'
import type { Tx } from '#storage/database.ts'
import { findMember } from '#storage/families/family-members.ts'
import { staffRoles } from '#storage/staff/staff.ts'
import { fileFrom } from '../files.ts'
import { readyList, readyPages } from '../ready-replies.ts'
import { type Console, download, page } from '../routes.ts'
import { familyPage, withWarnings } from './family-frame.ts'

const params = z.object({ id: z.uuid(), member: z.uuid() })

/** A member of another family is not there. */
const mustBeOf = async (tx: Tx, { id, member }: z.output<typeof params>): Promise<void> => {
  if ((await findMember(tx, member))?.familyId !== id) throw new DomainError('not-found')
}

/** What stands beside a conversation: the ready answers to it, and its files. */
export const registerBesideTalk = (console: Console): void => {
  const { deps } = console
  const { database } = deps

  page(
    console,
    '/console/families/:id/members/:member/replies',
    { for: staffRoles, params, query: readyPages },
    async (visit) => {
      const { say, staff, now, params: of, query } = visit
      const asked = { staff, memberId: of.member, now }
      const { family, member, replies } = await database.transaction(async (tx) => {
        await mustBeOf(tx, of)
        const replies = await repliesForMember(tx, deps, asked)
        return { ...(await correspondentOf(tx, deps, asked)), replies }
      })
      const talk = `/console/families/${of.id}/talk?member=${of.member}`
      const name = nameBesideRole(say, member.name)
      return familyPage(visit, await withWarnings(visit, family), {
        tab: 'talk',
        body: html`<p><a href="${talk}">${say.label('console.ready.back')}</a></p><h2>${say.label('console.ready.title')}: ${name}</h2>
${readyList(visit, { replies, page: query.page, form: (chosen) => `${talk}&${chosen}#answer` })}`,
      })
    },
  )

  download(
    console,
    '/console/families/:id/members/:member/files/:message',
    { for: staffRoles, params: params.extend({ message: z.uuid() }) },
    async ({ staff, now, params: { message: messageId, ...of } }) => {
      const file = await database.transaction(async (tx) => {
        await mustBeOf(tx, of)
        return threadFile(tx, deps, { staff, memberId: of.member, messageId, now })
      })
      return fileFrom(deps, { file, named: messageId.slice(-8) })
    },
  )
}
