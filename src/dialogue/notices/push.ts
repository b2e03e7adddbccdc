import type { DialogueDeps } from '#dialogue/screen.ts'
import type { Button } from '#dialogue/view.ts'
import { createPen, type Pen } from '#dialogue/views/pen.ts'
import type { PushTo } from '#storage/pushes.ts'
import type { Notice } from './requests.ts'

type Deps = Pick<DialogueDeps, 'database' | 'sealer' | 'texts' | 'region' | 'clock'>

/** What a member is pushed: a line, and the way to it. Null where it has no purpose any more. */
export const pushNotice = async (deps: Deps, push: PushTo): Promise<Notice | null> => {
  const { person } = push
  const language = person.language === 'en' ? 'en' : 'ru'
  const pen = createPen(deps.texts.for(language, person.address === 'minor' ? 'minor' : 'adult'), 0)
  return {
    account: person.account,
    view: { screen: `push.${push.kind}`, html: pen.say.t('notice.news'), rows: [[wayTo(pen, push)]] },
  }
}

const wayTo = ({ say, link }: Pen, { kind, subjectId, familyId }: PushTo): Button => {
  const label = say.label('notice.open')
  const family = familyId ?? ''
  if (kind === 'plan') return link(label, 'plan', family)
  if (kind === 'message') return link(label, 'messages', family)
  if (kind === 'stage' || kind === 'curator' || kind === 'closed') return link(label, 'status', family)
  return link(label, 'visit', subjectId ?? '')
}
