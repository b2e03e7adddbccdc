import { h } from './dom.js'
import { icon } from './icons.js'
import { currentLanguage, onLanguage } from './words.js'

/** @typedef {'clock.hour' | 'clock.day' | 'clock.monday'} ClockWord */
/**
 * `phone`: whose phone the step is about; `start`: its first button; `point`: the beginning of a button's label; `type`: words for the input.
 * @typedef {{ ru: string, en: string, phone?: number, start?: true, point?: string, type?: string, clock?: ClockWord }} Step
 * @typedef {{ id: string, title: { ru: string, en: string }, steps: Step[] }} Story
 */
/** @typedef {{ goTo: (personId: number) => void, openTools: () => void }} Guide */

const pointedMs = 6_000

/**
 * The guided stories: a choice in the header, and a strip above the phones with one step at a time. «Show» finds what
 * the step is about; the visitor does it.
 * @param {HTMLElement} tools
 * @param {HTMLElement} strip
 * @param {Guide} guide
 */
export async function createStories(tools, strip, { goTo, openTools }) {
  /** @type {Story[]} */
  const stories = await (await fetch(new URL('./stories.json', import.meta.url))).json()
  /** @type {Story | undefined} */
  let story
  let at = 0
  const choice = h('select', {
    class: 'stories',
    label: 'story.label',
    on: { change: () => begin(choice.value) },
  })
  tools.prepend(choice)

  const text = h('p', { class: 'story-text', role: 'status' })
  const missing = h('p', { class: 'problem', role: 'alert', hidden: true, word: 'story.missing' })
  const show = h('button', {
    type: 'button',
    class: 'solid',
    word: 'story.show',
    on: { click: () => void point() },
  })
  const back = h('button', {
    type: 'button',
    class: 'plain',
    word: 'story.back',
    on: { click: () => move(-1) },
  })
  const next = h('button', {
    type: 'button',
    class: 'plain',
    word: 'story.next',
    on: { click: () => move(1) },
  })
  const close = h(
    'button',
    { type: 'button', class: 'round', label: 'story.close', on: { click: () => begin('') } },
    icon('close'),
  )
  strip.append(text, missing, h('div', { class: 'story-buttons' }, show, back, next, close))

  function drawChoice() {
    choice.replaceChildren(
      h('option', { value: '', word: 'story.choose' }),
      ...stories.map(({ id, title }) => h('option', { value: id }, title[currentLanguage()])),
    )
    choice.value = story?.id ?? ''
  }

  /** @param {string} id */
  function begin(id) {
    story = stories.find((one) => one.id === id)
    at = 0
    choice.value = id
    draw()
  }

  /** @param {number} by */
  function move(by) {
    at += by
    draw()
  }

  function draw() {
    strip.hidden = !story
    missing.hidden = true
    const step = story?.steps[at]
    if (!story || !step) return
    text.textContent = `${at + 1}/${story.steps.length} · ${step[currentLanguage()]}`
    back.disabled = at === 0
    next.disabled = at === story.steps.length - 1
  }

  function point() {
    const step = story?.steps[at]
    if (!step) return
    if (step.phone) goTo(step.phone)
    if (step.clock) openTools()
    const found = step.clock ? clockButton(step.clock) : step.phone ? inPhone(step.phone, step) : null
    missing.hidden = found !== null
    if (!found) return
    found.scrollIntoView({ block: 'nearest' })
    found.classList.add('pointed')
    setTimeout(() => found.classList.remove('pointed'), pointedMs)
  }

  onLanguage(() => {
    drawChoice()
    draw()
  })
  drawChoice()
  draw()
}

/** @param {ClockWord} word @returns {HTMLElement | null} */
const clockButton = (word) => document.querySelector(`.clock-move[data-word="${word}"]`)

/**
 * @param {number} personId
 * @param {Step} step
 * @returns {HTMLElement | null}
 */
function inPhone(personId, { start, point, type }) {
  const phone = document.querySelector(`.phone[data-person="${personId}"]`)
  if (type !== undefined) {
    const field = /** @type {HTMLTextAreaElement | null} */ (phone?.querySelector('.line-input') ?? null)
    if (!field) return null
    field.value = type
    field.dispatchEvent(new Event('input', { bubbles: true }))
    return phone?.querySelector('.send-button') ?? null
  }
  if (!start && point === undefined) return phone?.querySelector('.chat-head') ?? null
  const buttons = phone?.querySelectorAll('.inline-button, .big-button, .reply-button') ?? []
  const found = [...buttons].findLast(
    (button) =>
      button.checkVisibility() &&
      (start ? button.matches('.big-button') : button.textContent?.startsWith(point ?? '')),
  )
  return /** @type {HTMLElement | undefined} */ (found) ?? null
}
