import { formatDayOn } from '#core/dates.ts'
import { languages } from '#core/text.ts'
import { fillReply, respell } from '#features/messages/fill-reply.ts'
import { html, type Markup } from '#http/markup.ts'
import { type QuickReply, type ReplyTone, replyTones } from '#storage/messages/quick-replies.ts'
import { formTo } from '../form-markup.ts'
import { pagerOf } from '../pager.ts'
import type { Page, Visit } from '../visit.ts'
import { type ReplyTyped, typedOfReply } from './reply-fields.ts'
import { settingsPage } from './settings-frame.ts'

export const repliesPath = '/console/settings/replies'
export const repliesOnPage = 30
const longestTitle = 24
const longestText = 1000
const dayMs = 24 * 60 * 60_000

/** The ready answers in the order in which staff see them. `page`: from 0. */
export const repliesPage = (visit: Visit, all: readonly QuickReply[], page: number): Page => {
  const { say } = visit
  const rows = all.slice(page * repliesOnPage, (page + 1) * repliesOnPage).map(({ id, content }) => {
    const about = html`<span class="hidden">: ${content.title.ru}</span>`
    const button = (act: 'up' | 'down') =>
      html`<button name="act" value="${act}:${id}" class="quiet">${say.label(`consoleSettings.order.${act}`)}${about}</button>`
    return html`<li class="row"><p><b>${content.title.ru}</b><br><span class="why">${shortened(spelt(visit, content.texts.ru.plain.adult))}</span></p><span class="actions"><a class="next" href="${repliesPath}/${id}">${say.label('consoleSettings.change')}${about}</a>${button('up')}${button('down')}</span></li>`
  })
  const body = html`<p>${say.label('consoleSettings.replies.how')}</p><p class="actions"><a class="next strong" href="${repliesPath}/new">${say.label('consoleSettings.replies.add')}</a></p>
${rows.length === 0 ? html`<p>${say.label('consoleSettings.replies.none')}</p>` : formTo(visit, `${repliesPath}/order`, html`<input type="hidden" name="page" value="${page + 1}"><ul class="rows">${rows}</ul>`)}
${pagerOf(visit, { page, pages: Math.ceil(all.length / repliesOnPage) })}`
  return settingsPage(visit, 'replies', { body })
}

/** In the language of whoever keeps them. */
const spelt = ({ say }: Pick<Visit, 'say'>, text: string): string => {
  const word = (name: string) => say.label(`consoleSettings.replies.braces.${name}`)
  return respell(text, {
    ...{ name: word('name'), curator: word('curator') },
    ...{ day: word('day'), time: word('time') },
  })
}

const mostShown = 90
const shortened = (text: string): string => {
  const letters = [...text]
  return letters.length > mostShown ? `${letters.slice(0, mostShown).join('')}…` : text
}

type Shown = {
  /** Null: it is new. */
  reply: QuickReply | null
  typed: ReplyTyped | null
  problems?: readonly string[]
}

/** One ready answer: as it will be read, and its texts. */
export const replyPage = (visit: Visit, { reply, typed, problems = [] }: Shown): Page => {
  const { say } = visit
  const at = reply ? `${repliesPath}/${reply.id}` : repliesPath
  const title = reply ? reply.content.title.ru : say.label('consoleSettings.replies.add')
  const drawn = typed ?? (reply ? typedOfReply(reply.content) : {})
  const body = html`<p><a href="${repliesPath}">${say.label('consoleSettings.parts.replies')}</a></p>
${problems.length > 0 && html`<div class="problem" role="alert"><ul>${problems.map((one) => html`<li>${one}</li>`)}</ul></div>`}
${reply && asRead(visit, reply)}
<section>${reply && html`<h2>${say.label('consoleSettings.change')}</h2>`}${formTo(visit, at, replyForm(visit, drawn))}</section>`
  return settingsPage(visit, 'replies', { title, body })
}

/** Filled in as for a family whose visit is in two days. */
const asRead = (visit: Visit, { id, content }: QuickReply): Markup => {
  const { say, deps, now } = visit
  const instant = new Date(now.getTime() + 2 * dayMs)
  const texts = languages.flatMap((language) =>
    (['adult', 'minor'] as const).flatMap((whom) => {
      const own = deps.texts.for(language, whom)
      const fillings = {
        name: own.label(`consoleSettings.replies.sample.${whom}`),
        curator: own.label('consoleSettings.replies.sample.curator'),
        day: formatDayOn(own, { instant, timeZone: deps.region.timeZone, now }),
        time: '15:00',
      }
      const lines = replyTones.flatMap((tone) => {
        const text = content.texts[language]?.[tone]?.[whom]
        return text === undefined ? [] : [{ tone, text: fillReply(text, fillings).text }]
      })
      return lines.length === 0 ? [] : [{ key: `${whom}-${language}`, language, lines }]
    }),
  )
  const one = ({ key, language, lines }: (typeof texts)[number]) =>
    html`<div><h3>${say.label(`consoleAuthoring.readers.${key}`)}</h3>${lines.map(({ tone, text }) => html`<p class="why">${toneName(visit, tone)}</p><blockquote lang="${language}">${text}</blockquote>`)}</div>`
  return html`<section><h2>${say.label('consoleSettings.replies.asRead')}</h2><p class="note">${say.label('consoleSettings.replies.asReadNote')}</p><div class="pair">${texts.map(one)}</div><div class="actions"><a class="next" href="${repliesPath}/${id}/remove">${say.label('consoleSettings.remove')}</a></div></section>`
}

export const toneName = ({ say }: Pick<Visit, 'say'>, tone: ReplyTone): string =>
  say.label(`quickReplies.tones.${tone}`)

const replyForm = (visit: Visit, typed: ReplyTyped): Markup => {
  const { say } = visit
  const title = (language: 'ru' | 'en') =>
    html`<label>${say.label('consoleSettings.replies.title')}<input name="title.${language}" value="${typed[`title.${language}`] ?? ''}" maxlength="${longestTitle}"${language === 'ru' && html` required`} autocomplete="off"></label>`
  const area = (tone: ReplyTone, language: 'ru' | 'en', whom: 'adult' | 'minor') => {
    const name = `${tone}.${language}.${whom}`
    const needed = tone === 'plain' && language === 'ru' && whom === 'adult'
    return html`<label>${say.label(`consoleSettings.replies.whom.${whom}`)}<span class="hidden">, ${toneName(visit, tone)}</span><textarea name="${name}" rows="3" maxlength="${longestText}"${needed && html` required`}>${spelt(visit, typed[name] ?? '')}</textarea></label>`
  }
  const tones = (language: 'ru' | 'en') =>
    replyTones.map(
      (tone) =>
        html`<fieldset><legend>${toneName(visit, tone)}</legend><div class="pair">${area(tone, language, 'adult')}${area(tone, language, 'minor')}</div></fieldset>`,
    )
  const english = Object.entries(typed).some(([name, value]) => name.includes('en') && value !== '')
  return html`${title('ru')}<p class="note">${say.label('consoleSettings.replies.placeholders')}</p>${tones('ru')}
<details${english && html` open`}><summary>${say.label('consoleSettings.english')}</summary>${title('en')}${tones('en')}</details>
<label class="choice"><input type="checkbox" name="aboutCalls" value="yes"${typed.aboutCalls === 'yes' && html` checked`}> ${say.label('consoleSettings.replies.aboutCalls')}</label>
<p class="note">${say.label('consoleSettings.replies.note')}</p><button>${say.label('consoleStaff.save')}</button>`
}
