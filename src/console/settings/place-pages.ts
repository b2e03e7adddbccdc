import { createCardBuilder } from '#dialogue/card-builder.ts'
import { placesParts } from '#dialogue/guide/places-view.ts'
import { placeTopics } from '#features/guide/places.ts'
import { html, type Markup } from '#http/markup.ts'
import { type Place, placeAudiences } from '#storage/guide/places.ts'
import { botCard } from '../bot-card.ts'
import { buttonTo, formTo } from '../form-markup.ts'
import { pagerOf } from '../pager.ts'
import { choose, tick } from '../plan/choose.ts'
import { territoryName } from '../staff/staff-words.ts'
import type { Page, Visit } from '../visit.ts'
import { dayWord } from '../words.ts'
import { settingsPage } from './settings-frame.ts'

export const placesPath = '/console/settings/places'
export const placesOnPage = 30

/** The words of a place as they stand in a form. */
export const placeWords = ['name', 'whatFor', 'hours', 'address'] as const
export type PlaceTyped = Record<`${(typeof placeWords)[number]}.${'ru' | 'en'}`, string> & {
  phone: string
  territory: string
  audience: string
  topics: readonly string[]
}

const longest = { name: 100, whatFor: 200, hours: 100, address: 150 } as const

const whereOf = (visit: Visit, territory: string | null): string =>
  territory === null ? visit.say.label('consoleSettings.places.everywhere') : territoryName(visit, territory)

/** Where families can turn to outside the centre, in the order in which they read it. `page`: from 0. */
export const placesPage = (visit: Visit, all: readonly Place[], page: number): Page => {
  const { say } = visit
  const shown = all.slice(page * placesOnPage, (page + 1) * placesOnPage)
  const rows = shown.map((place) => {
    const { id, content, territory, audience, updatedAt } = place
    const name = content.name.ru
    const about = html`<span class="hidden">: ${name}</span>`
    const button = (act: 'up' | 'down') =>
      html`<button name="act" value="${act}:${id}" class="quiet">${say.label(`consoleSettings.order.${act}`)}${about}</button>`
    return html`<li class="row"><p><b>${name}</b> · ${content.phone}<br><span class="why">${whereOf(visit, territory)} · ${say.label(`consoleSettings.places.audiences.${audience}`)} · ${say.label('consoleSettings.places.checked', { day: dayWord(visit, updatedAt) })}</span></p><span class="actions"><a class="next" href="${placesPath}/${id}">${say.label('consoleSettings.change')}${about}</a>${button('up')}${button('down')}</span></li>`
  })
  const body = html`<p>${say.label('consoleSettings.places.how')}</p><p class="actions"><a class="next strong" href="${placesPath}/new">${say.label('consoleSettings.places.add')}</a></p>
${rows.length === 0 ? html`<p>${say.label('consoleSettings.places.none')}</p>` : formTo(visit, `${placesPath}/order`, html`<input type="hidden" name="page" value="${page + 1}"><ul class="rows">${rows}</ul>`)}
${pagerOf(visit, { page, pages: Math.ceil(all.length / placesOnPage) })}`
  return settingsPage(visit, 'places', { body })
}

const typedOfPlace = ({ territory, audience, topics, content }: Place): PlaceTyped => {
  const words = placeWords.flatMap((name) => [
    [`${name}.ru`, content[name]?.ru ?? ''],
    [`${name}.en`, content[name]?.en ?? ''],
  ])
  return {
    ...(Object.fromEntries(words) as Record<`${(typeof placeWords)[number]}.${'ru' | 'en'}`, string>),
    ...{ phone: content.phone, territory: territory ?? '', audience, topics },
  }
}

type Shown = {
  /** Null: it is new. */
  place: Place | null
  typed: PlaceTyped | null
  problems?: readonly string[]
}

/** One place: as families read it, and its fields. */
export const placePage = (visit: Visit, { place, typed, problems = [] }: Shown): Page => {
  const { say } = visit
  const at = place ? `${placesPath}/${place.id}` : placesPath
  const title = place ? place.content.name.ru : say.label('consoleSettings.places.add')
  const kept =
    place &&
    html`<section><h2>${say.label('consoleSettings.places.asRead')}</h2>${readBy(visit, place)}
<div class="actions">${buttonTo(visit, `${at}/checked`, say.label('consoleSettings.places.stillSo'), 'quiet')}<a class="next" href="${at}/remove">${say.label('consoleSettings.remove')}</a></div></section>`
  const body = html`<p><a href="${placesPath}">${say.label('consoleSettings.parts.places')}</a></p>
${problems.length > 0 && html`<div class="problem" role="alert"><ul>${problems.map((one) => html`<li>${one}</li>`)}</ul></div>`}
${kept}<section>${place && html`<h2>${say.label('consoleSettings.change')}</h2>`}${formTo(visit, at, placeFields(visit, typed ?? (place ? typedOfPlace(place) : null)))}</section>`
  return settingsPage(visit, 'places', { title, body })
}

/** In the words of the bot. */
const readBy = ({ say, deps, now }: Visit, place: Place): Markup => {
  const { code: region, timeZone } = deps.region
  const builder = createCardBuilder(say, 0)
  return botCard(placesParts(builder, { places: [place], topic: null, page: 0, region, timeZone, now }))
}

const placeFields = (visit: Visit, typed: PlaceTyped | null): Markup => {
  const { say, staff } = visit
  const label = (key: string) => say.label(`consoleSettings.places.fields.${key}`)
  const input = (name: (typeof placeWords)[number], language: 'ru' | 'en') => {
    const field = `${name}.${language}` as const
    const needed = language === 'ru' && (name === 'name' || name === 'whatFor')
    return html`<label>${label(name)}<input name="${field}" value="${typed?.[field] ?? ''}" maxlength="${longest[name]}"${needed && html` required`} autocomplete="off"></label>`
  }
  const where = [null, ...staff.territories].map((code) => ({
    value: code ?? '',
    words: whereOf(visit, code),
  }))
  const whom = placeAudiences.map((value) => ({
    value,
    words: say.label(`consoleSettings.places.audiences.${value}`),
  }))
  const topics = placeTopics.map((value) => ({ value, words: topicName(visit, value) }))
  const english = placeWords.some((name) => (typed?.[`${name}.en`] ?? '') !== '')
  return html`<div class="fields">${input('name', 'ru')}<label>${label('phone')}<input name="phone" type="tel" value="${typed?.phone ?? ''}" maxlength="26" required autocomplete="off"></label>${input('hours', 'ru')}${input('address', 'ru')}</div>
${input('whatFor', 'ru')}
<details${english && html` open`}><summary>${say.label('consoleSettings.english')}</summary><div class="fields">${placeWords.map((name) => input(name, 'en'))}</div></details>
<div class="fields"><label>${label('territory')}${choose('territory', where, typed?.territory ?? '')}</label><label>${label('audience')}${choose('audience', whom, typed?.audience ?? 'everyone')}</label></div>
<details${(typed?.topics.length ?? 0) > 0 && html` open`}><summary>${label('topics')}</summary><p class="note">${say.label('consoleSettings.places.topicsNote')}</p>${tick('topics', topics, typed?.topics ?? [])}</details>
<p class="note">${say.label('consoleSettings.places.confirm')}</p><button>${say.label('consoleStaff.save')}</button>`
}

/** A topic of the guide as it stands on its button. */
const topicName = ({ say }: Visit, topic: string): string => {
  const key = `tonight.buttons.${topic}`
  return say.has(key) ? say.label(key) : say.label(`fears.buttons.${topic}`)
}
