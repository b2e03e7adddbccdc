import { z } from 'zod'
import type { OfferedReply } from '#features/messages/quick-replies.ts'
import { html, type Markup } from '#http/markup.ts'
import { replyTones } from '#storage/messages/quick-replies.ts'
import { pagerOf } from './pager.ts'
import type { Visit } from './visit.ts'

/** Which ready answer stands in a form, in which tone. */
export const readyQuery = z.object({ reply: z.uuid(), tone: z.enum(replyTones) })
type Asked = Partial<z.output<typeof readyQuery>>

/** The text that was chosen; null: none was, or something in it is not known. */
export const readyText = (replies: readonly OfferedReply[], { reply, tone }: Asked): string | null => {
  const found = replies.find(({ id }) => id === reply)?.tones.find((one) => one.tone === tone)
  return found && found.missing.length === 0 ? found.text : null
}

/** A page of a list of ready answers. */
export const readyPages = z.object({ page: z.coerce.number().int().min(1).max(100) })

/** So much of what answers weigh stands on a page (bytes): of letters, and of what stands around each tone. */
const roomOnPage = 40_000
const weightOf = ({ tones }: OfferedReply): number =>
  tones.reduce((sum, { text }) => sum + Buffer.byteLength(text) + 450, 200)

const pagesOf = (replies: readonly OfferedReply[]): OfferedReply[][] => {
  const pages: OfferedReply[][] = [[]]
  let free = roomOnPage
  for (const reply of replies) {
    const weight = weightOf(reply)
    if (weight > free) {
      pages.push([])
      free = roomOnPage
    }
    pages.at(-1)?.push(reply)
    free -= weight
  }
  return pages
}

/** Ready answers as their reader would see them, each to be taken into the form at `form`, and changed there. `page`: from 1. */
export const readyList = (
  visit: Visit,
  {
    replies,
    form,
    page = 1,
  }: { replies: readonly OfferedReply[]; form: (chosen: string) => string; page?: number | undefined },
): Markup => {
  const { say } = visit
  if (replies.length === 0) return html`<p>${say.label('console.ready.none')}</p>`
  const pages = pagesOf(replies)
  const at = Math.min(page, pages.length) - 1
  const items = (pages[at] ?? []).map(({ id, title, tones }) => {
    const name = say.language === 'en' ? (title.en ?? title.ru) : title.ru
    const lines = tones.map(({ tone, text, missing }) => {
      const kind = say.label(`quickReplies.tones.${tone}`)
      const take =
        missing.length === 0
          ? html`<a class="next" href="${form(`reply=${id}&tone=${tone}`)}">${say.label('console.ready.take')}<span class="hidden">: ${name}, ${kind}</span></a>`
          : html`<span class="note">${say.label('quickReplies.missing', { what: missing.map((one) => say.label(`quickReplies.placeholders.${one}`)).join(', ') })}</span>`
      return html`<li class="row"><p><span class="why">${kind}</span><br>${text}</p>${take}</li>`
    })
    return html`<section><h2>${name}</h2><ul class="rows">${lines}</ul></section>`
  })
  return html`<p>${say.label('console.ready.how')}</p>${items}${pagerOf(visit, { page: at, pages: pages.length })}`
}
