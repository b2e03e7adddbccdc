const paths = {
  add: 'M12 5v14M5 12h14',
  attach:
    'm20 11.500-8.400 8.400a5.300 5.300 0 0 1-7.500-7.500l8.700-8.700a3.500 3.500 0 0 1 5 5l-8.600 8.600a1.800 1.800 0 0 1-2.500-2.500l7.900-7.900',
  auto: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 4v16M12 8.500h6.500M12 12h8M12 15.500h6.500',
  block: 'M12 3.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17zM6 6l12 12',
  chevron: 'M9.500 6.500l5.500 5.500-5.500 5.500',
  close: 'M6 6l12 12M18 6 6 18',
  contact: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.500 20a7.500 7.500 0 0 1 15 0',
  copy: 'M9 9h10v11H9zM15 9V4H5v11h4',
  down: 'M12 5v13M6 12.500l6 6 6-6',
  download: 'M12 4v11M7 10.500l5 5 5-5M5 20h14',
  edit: 'M5 19l1-4L16.500 4.500l3 3L9 18z',
  file: 'M7 3.500h7l4 4v13H7zM13.500 3.500V8H18',
  keyboard: 'M3.500 6.500h17v11h-17zM7 10h.01M10.300 10h.01M13.700 10h.01M17 10h.01M8 14h8',
  link: 'M10 14a4 4 0 0 0 5.700 0l3-3A4 4 0 0 0 13 5.300l-1 1M14 10a4 4 0 0 0-5.700 0l-3 3A4 4 0 0 0 11 18.700l1-1',
  location:
    'M12 21s-6.500-6-6.500-11a6.500 6.500 0 0 1 13 0c0 5-6.500 11-6.500 11zM12 12.300a2.300 2.300 0 1 0 0-4.600 2.300 2.300 0 0 0 0 4.600z',
  lock: 'M6.500 11h11v9h-11zM8.500 11V8a3.500 3.500 0 0 1 7 0v3',
  menu: 'M5 7h14M5 12h14M5 17h14',
  moon: 'M19.500 14.500A8 8 0 0 1 9.500 4.500a8 8 0 1 0 10 10z',
  more: 'M12 5.500h.01M12 12h.01M12 18.500h.01',
  picture: 'M4 5h16v14H4zM4 16l5-5 4 4 2.500-2.500L20 17M15.500 9.200h.01',
  play: 'M8 5.500v13l10.500-6.500z',
  remove: 'M5 7h14M10 7V4.500h4V7M7 7l.8 13h8.400L17 7',
  send: 'M12 19V5.500M6 11l6-6 6 6',
  sticker:
    'M19.500 12.500V7A2.500 2.500 0 0 0 17 4.500H7A2.500 2.500 0 0 0 4.500 7v10A2.500 2.500 0 0 0 7 19.500h5.500zM12.500 19.500v-4.500a2.500 2.500 0 0 1 2.500-2.500h4.500',
  sun: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 2.500v2M12 19.500v2M2.500 12h2M19.500 12h2M5.300 5.300l1.400 1.400M17.300 17.300l1.400 1.400M18.700 5.300l-1.400 1.400M6.700 17.300l-1.400 1.400',
  tick: 'M4 12.500l4.500 4.500L18 7.500',
  ticks: 'M2 12.500l4.500 4.500L16 7.500M11.500 16l1 1L22 7.500',
  voice: 'M12 14.500a3 3 0 0 0 3-3v-5a3 3 0 0 0-6 0v5a3 3 0 0 0 3 3zM6 11.500a6 6 0 0 0 12 0M12 17.500V21',
  webhook: 'M3.500 12h4l2.500-6 4 12 2.500-6h4',
}

/** @typedef {keyof typeof paths} IconName */

/**
 * An icon, 24 by 24, in the text colour. Hidden from screen readers: the button has the label.
 * @param {IconName} name
 * @returns {SVGSVGElement}
 */
export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.setAttribute('class', `icon icon-${name}`)
  svg.setAttribute('aria-hidden', 'true')
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path')
  path.setAttribute('d', paths[name])
  svg.append(path)
  return svg
}
