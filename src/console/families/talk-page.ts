import { nameBesideRole, nameOrRole } from '#dialogue/families/member-name-view.ts'
import type { MessageLine } from '#features/messages/thread-lines.ts'
import type { OpenThread, Thread } from '#features/messages/threads.ts'
import { html, type Markup } from '#http/markup.ts'
import { fileMarkup } from '../files.ts'
import { formTo } from '../form-markup.ts'
import type { Page, Visit } from '../visit.ts'
import { dayWord, momentWord } from '../words.ts'
import { type FamilyOpen, familyPage } from './family-frame.ts'

/** So many lines are read for a page, and so many characters are shown on it. */
export const linesOnPage = 30
const lettersOnPage = 12_000

export type TalkFacts = {
  threads: readonly Thread[]
  /** The conversation that is open; null: one is to be chosen. */
  thread: OpenThread | null
  /** How many pages back from the newest line. */
  page: number
  /** A ready answer that was chosen. */
  ready: string | null
}

/** The conversations of a family's members, each of which nobody else of the family sees; one of them open, to be answered. */
export const talkPage = (visit: Visit, open: FamilyOpen, facts: TalkFacts): Page => {
  const { say } = visit
  const { threads, thread } = facts
  const base = `/console/families/${open.family.id}/talk`
  const people = threads.map(({ id, role, name, unread }) => {
    const news =
      unread &&
      say.label(unread.alarming ? 'thread.unreadAlarming' : 'thread.unread', { count: unread.count })
    const here = id === thread?.member.id
    return html`<li><a href="${base}?member=${id}"${here && html` aria-current="true"`}>${nameOrRole(say, role, name)}, ${say.label(`thread.roles.${role}`)}${news && !here && html` · <b${unread?.alarming && html` class="urgent"`}>${news}</b>`}</a></li>`
  })
  return familyPage(visit, open, {
    tab: 'talk',
    body: html`<p class="note">${say.label('consoleFamilies.talk.apart')}</p>
${threads.length === 0 ? html`<p>${say.label('thread.noMembers')}</p>` : html`<nav class="tabs people" aria-label="${say.label('consoleFamilies.talk.whose')}"><ul>${people}</ul></nav>`}
${thread && threadPart(visit, open, { ...facts, thread })}`,
  })
}

/** Lines of one page, laid out backwards from the newest, so that older pages keep their place. */
const pageOfLines = (
  lines: readonly MessageLine[],
  page: number,
): { shown: MessageLine[]; older: boolean } => {
  const pages: MessageLine[][] = [[]]
  let free = lettersOnPage
  for (const line of lines) {
    const long = (line.text ?? '').length + 100
    const last = pages.at(-1) ?? []
    if (last.length > 0 && (long > free || last.length === linesOnPage)) {
      pages.push([])
      free = lettersOnPage
    }
    pages.at(-1)?.unshift(line)
    free -= long
  }
  const shown = Math.min(page, pages.length - 1)
  return { shown: pages[shown] ?? [], older: shown < pages.length - 1 }
}

const threadPart = (
  visit: Visit,
  { family }: FamilyOpen,
  { thread, page, ready }: TalkFacts & { thread: OpenThread },
): Markup => {
  const { say } = visit
  const { member, account, apart } = thread
  const { shown, older } = pageOfLines(thread.lines, page)
  const base = `/console/families/${family.id}/talk`
  const turn = (to: number, key: string) =>
    html`<a href="${base}?member=${member.id}${to > 0 && html`&older=${to}`}">${say.label(`consoleFamilies.talk.${key}`)}</a>`
  const note =
    account === 'none'
      ? 'thread.notJoined'
      : account === 'unconfirmed'
        ? 'account.staff.unconfirmed'
        : account === 'paused'
          ? 'account.staff.paused'
          : null
  const kept =
    apart &&
    html`<p class="said alarm">${say.label('consoleFamilies.talk.hiddenFrom', { names: apart.names.join(', '), day: dayWord(visit, apart.since) })}</p>`
  const name = nameBesideRole(say, member.name)
  return html`<section id="talk"><h2>${name}, ${say.label(`thread.roles.${member.role}`)}</h2>
${kept}${note && html`<p class="said">${say.label(note)}</p>`}
${(older || thread.more) && html`<p>${turn(page + 1, 'older')}</p>`}
${shown.length === 0 ? html`<p>${say.label('talk.empty')}</p>` : html`<ol class="lines">${shown.map((line) => lineOf(visit, line, thread))}</ol>`}
${page > 0 && html`<p>${turn(page - 1, 'newer')}</p>`}
<ul hx-get="/console/families/${family.id}" hx-trigger="console-changed from:body" hx-select="#talk .unread" hx-swap="innerHTML" aria-live="polite" class="rows news"></ul>
${formTo(
  visit,
  `/console/families/${family.id}/members/${member.id}/talk`,
  html`<label for="answer">${say.label('consoleFamilies.talk.answer', { name })}</label>
<textarea id="answer" name="text" rows="4" maxlength="4096" required>${ready}</textarea>
<p class="note"><a href="/console/families/${family.id}/members/${member.id}/replies">${say.label('console.ready.title')}</a></p>
<p class="note">${say.label(member.role === 'minor' ? 'consoleFamilies.talk.minorOnly' : 'consoleFamilies.talk.seen')}</p>
<button>${say.label('consoleFamilies.talk.send')}</button>`,
  { class: 'answer', draft: `talk-${member.id}` },
)}</section>`
}

const lineOf = (visit: Visit, line: MessageLine, { family, member }: OpenThread): Markup => {
  const { say } = visit
  const own = line.author === 'staff'
  const who = own ? (line.by ?? '') : nameOrRole(say, member.role, member.name)
  const mark = own && (line.readAt ? 'read' : line.deliveredAt ? 'delivered' : null)
  const about = [
    line.alarming && !own && html`<b class="urgent">${say.label('thread.alarming')}</b>`,
    line.aboutActivity && html`${say.label('thread.aboutActivity')}`,
    line.aboutVisit &&
      html`${say.label('consoleFamilies.talk.aboutVisit', { when: momentWord(visit, line.aboutVisit) })}`,
  ].filter((one) => one !== false && one !== null)
  const files = `/console/families/${family.id}/members/${member.id}/files`
  const file =
    line.file && fileMarkup(visit, { address: `${files}/${line.id}`, key: line.id, file: line.file })
  return html`<li class="${own ? 'own' : 'theirs'}"><p class="why"><b>${who}</b>, ${momentWord(visit, line.at)}${mark && html` · ${say.label(`consoleFamilies.talk.${mark}`)}`}</p>
${about.map((one) => html`<p class="why">${one}</p>`)}${line.text !== null && html`<blockquote>${line.text}</blockquote>`}${file}</li>`
}
