/** Runs in the page: returns the visible texts with a contrast below 4.5 : 1 (WCAG AA), and their ratios. */
;(() => {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = 1
  const pen = canvas.getContext('2d', { willReadFrequently: true })
  const read = (css) => {
    if (!pen) return [0, 0, 0, 1]
    pen.clearRect(0, 0, 1, 1)
    pen.fillStyle = css
    pen.fillRect(0, 0, 1, 1)
    const [red = 0, green = 0, blue = 0, alpha = 0] = pen.getImageData(0, 0, 1, 1).data
    return [red, green, blue, alpha / 255]
  }
  const over = ([r, g, b, a], under) => [
    r * a + under[0] * (1 - a),
    g * a + under[1] * (1 - a),
    b * a + under[2] * (1 - a),
    1,
  ]
  const light = ([r, g, b]) => {
    const [x = 0, y = 0, z = 0] = [r, g, b].map((value) =>
      value / 255 <= 0.03928 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4,
    )
    return 0.2126 * x + 0.7152 * y + 0.0722 * z
  }
  const faults = []
  let measured = 0
  for (const element of document.querySelectorAll('body *:not(script, .unseen, .skip)')) {
    const words = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim())
    if (!words || !element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue
    measured += 1
    const layers = []
    for (let at = element; at; at = at.parentElement)
      layers.unshift(read(getComputedStyle(at).backgroundColor))
    const ground = layers.reduce((under, layer) => over(layer, under), [255, 255, 255, 1])
    const ink = over(read(getComputedStyle(element).color), ground)
    const [more = 0, less = 0] = [light(ink), light(ground)].sort((a, b) => b - a)
    const ratio = (more + 0.05) / (less + 0.05)
    if (ratio < 4.5) faults.push(`${element.className} «${element.textContent?.trim()}» ${ratio.toFixed(2)}`)
  }
  return { measured, faults }
})()
