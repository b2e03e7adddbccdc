import { chooseRegion, readState } from './api.js'
import { h } from './dom.js'
import { t } from './words.js'

/** @typedef {import('../region-protocol.ts').RegionsView} RegionsView */

const lookMs = 700

/**
 * The region whose rules this world follows. Another one is another world: the server starts it, then the page loads anew.
 * @param {HTMLElement} place
 * @param {import('./store.js').Store} store
 */
export function createRegions(place, store) {
  const select = h('select', { class: 'region', label: 'region.label', on: { change: () => void move() } })
  const line = h('output', { class: 'region-line', role: 'status' })
  const element = h('div', { class: 'regions', hidden: true }, select, line)
  place.append(element)
  /** @type {RegionsView | undefined} */
  let regions

  async function move() {
    const code = /** @type {RegionsView['chosen']} */ (select.value)
    select.disabled = true
    line.textContent = t('region.moving')
    try {
      await chooseRegion(code)
      const before = regions?.chosen
      // Another page may have chosen a third one meanwhile.
      const moved = (/** @type {string | undefined} */ now) =>
        now !== undefined && (now === code || now !== before)
      while (!moved(await chosenNow())) await new Promise((resolve) => setTimeout(resolve, lookMs))
      location.reload()
    } catch {
      select.disabled = false
      select.value = regions?.chosen ?? ''
      line.textContent = t('error.offline')
    }
  }

  store.on('regions', (next) => {
    if (next === undefined || select.disabled) return
    regions = next
    select.replaceChildren(...next.codes.map((value) => h('option', { value, word: `region.${value}` })))
    select.value = next.chosen
    element.hidden = false
  })
}

/** Undefined while nobody answers. */
const chosenNow = () =>
  readState().then(
    (state) => state.regions?.chosen,
    () => undefined,
  )
