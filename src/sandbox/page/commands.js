import { h, newId } from './dom.js'

/** @typedef {import('../protocol.ts').CommandView} CommandView */

/**
 * The command list above the input. It is navigated from outside, because the input keeps the focus while a command
 * is typed, and closes when a command is chosen.
 * @param {(command: string) => void} choose
 */
export function createCommands(choose) {
  const list = h('div', {
    class: 'commands',
    role: 'listbox',
    label: 'composer.menu',
    id: newId('commands'),
    hidden: true,
  })
  /** @type {CommandView[]} */
  let all = []
  let at = 0
  let begun = ''

  const options = () => /** @type {HTMLElement[]} */ ([...list.children])

  /** @param {string} beginning the typed prefix, without the slash */
  function draw(beginning) {
    begun = beginning
    const fitting = all.filter(({ command }) => command.startsWith(beginning.toLowerCase()))
    list.replaceChildren(
      ...fitting.map(({ command, description }, index) =>
        h(
          'div',
          {
            role: 'option',
            id: `${list.id}-${index}`,
            class: 'commands-item',
            on: {
              click: () => {
                api.close()
                choose(command)
              },
            },
          },
          h('span', { class: 'commands-name' }, `/${command}`),
          h('span', { class: 'commands-words' }, description),
        ),
      ),
    )
    list.hidden = fitting.length === 0
    at = 0
    point()
  }

  function point() {
    for (const [index, option] of options().entries())
      option.setAttribute('aria-selected', String(index === at))
    options()[at]?.scrollIntoView({ block: 'nearest' })
  }

  const api = {
    element: list,
    /** @param {CommandView[]} commands */
    know(commands) {
      if (JSON.stringify(commands) === JSON.stringify(all)) return
      all = commands
      if (!list.hidden) draw(begun)
    },
    open: (/** @type {string} */ beginning) => draw(beginning),
    close: () => {
      list.hidden = true
    },
    isOpen: () => !list.hidden,
    /** Id of the option that Enter selects. */
    current: () => (list.hidden ? '' : (options()[at]?.id ?? '')),
    /** @param {1 | -1} step */
    move(step) {
      const count = options().length
      at = (at + step + count) % count
      point()
    },
    choose: () => options()[at]?.click(),
  }
  return api
}
