import { createCardBuilder } from '#dialogue/card-builder.ts'
import type { Notice } from '#dialogue/requests/requests-notice.ts'
import type { DialogueDeps } from '#dialogue/screen.ts'
import { findAccountChange } from '#storage/families/account-changes.ts'
import { findMember } from '#storage/families/family-members.ts'
import { personOf } from '#storage/people.ts'
import { pushSettingsOf } from '#storage/pushes/push-settings.ts'

/**
 * What the account before is told when somebody has joined by a new link. Anybody who holds the phone may read it, so it
 * names nobody and nothing. Null if it is decided, or if writing to them is unsafe: then it stands on their home card.
 */
export const accountNotice = async (
  { database, texts }: Pick<DialogueDeps, 'database' | 'texts'>,
  changeId: string,
): Promise<Notice | null> => {
  const change = await findAccountChange(database, changeId)
  if (!change || change.decidedAt !== null || change.disputedAt !== null) return null
  const { oldPersonId, memberId } = change
  const person = await personOf(database, oldPersonId)
  const member = await findMember(database, memberId)
  if (!person || !member || member.personId === oldPersonId) return null
  if ((await pushSettingsOf(database, oldPersonId)).pushMode === 'none') return null
  const { say, link } = createCardBuilder(texts.for(person.language, person.address), 0)
  const rows = [[link(say.label('account.notMe'), 'not-me', change.id)]]
  return {
    account: person.account,
    view: { screen: 'account.replaced', html: say.t('account.replaced'), rows },
  }
}
