import { findHidden } from '#storage/hiding/hidden-chats.ts'
import { crisisAction, type LinkTap, readCrisisArg, standsAlone, type Tap } from './callback-data.ts'
import { createCardBuilder } from './card-builder.ts'
import { guideCard } from './guide/guide-card.ts'
import { crisisView } from './home/crisis-view.ts'
import type { DialogueDeps } from './screen.ts'
import type { Reply } from './view.ts'

/** How long such a card waits to learn whether the chat is hidden: whoever needs it does not wait for a database. */
const waitMs = 300

/**
 * The crisis card and the guide, which depend on texts only: no session, no knowledge of the person, and no database, except that
 * a hidden chat answers nothing. Null for any other tap. `away`: the accounts that are known to have hidden the chat.
 */
export const standaloneReply = async (
  deps: DialogueDeps,
  tap: Tap | LinkTap | null,
  { account, away }: { account: string; away: ReadonlySet<string> },
): Promise<Reply | null> => {
  if (tap === null || !standsAlone(tap)) return null
  if (away.has(account) || (await isHiddenNow(deps, account))) return {}
  return tap.action === crisisAction ? crisis(deps, tap) : guideCard(deps, tap)
}

const crisis = (deps: DialogueDeps, tap: Tap | LinkTap): Reply => {
  const { language, address, staff } = readCrisisArg(tap.arg)
  const say = deps.texts.for(language, address)
  return { tapped: crisisView(createCardBuilder(say, 0, { staff })), instead: say.label('crisis.short') }
}

/** As far as it can be found out in time. */
const isHiddenNow = async ({ database, sealer }: DialogueDeps, account: string): Promise<boolean> => {
  const late = Promise.withResolvers<null>()
  const timer = setTimeout(late.resolve, waitMs, null)
  const found = await Promise.race([findHidden(database, sealer, account).catch(() => null), late.promise])
  clearTimeout(timer)
  return found !== null
}
