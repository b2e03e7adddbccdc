// A visit that is dragged to another hour leads to its page «move», which warns and saves: nothing is changed here.
const near = 6
let drag = null

const placeAt = (x, y) => {
  const day = document.elementsFromPoint(x, y).find((one) => one.matches('[data-day]'))
  if (!day) return null
  const { top, height } = day.getBoundingClientRect()
  const [from, until] = [Number(day.dataset.from), Number(day.dataset.until)]
  const quarter = Math.round(((y - drag.grip - top) / height) * (until - from) * 4)
  const minutes = from * 60 + Math.min(Math.max(quarter, 0), (until - from) * 4 - 1) * 15
  const two = (number) => String(number).padStart(2, '0')
  return { day, time: `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}` }
}

const markDay = (day) => {
  for (const one of document.querySelectorAll('.day-grid.target')) one.classList.remove('target')
  day?.classList.add('target')
}

document.addEventListener('pointerdown', (event) => {
  const visit = event.target.closest?.('[data-visit]')
  // On a phone the list is scrolled by the same movement.
  if (!visit || event.button !== 0 || event.pointerType === 'touch') return
  if (getComputedStyle(visit.parentElement).display !== 'grid') return
  drag = {
    visit,
    x: event.clientX,
    y: event.clientY,
    grip: event.clientY - visit.getBoundingClientRect().top,
    moved: false,
  }
})

document.addEventListener('pointermove', (event) => {
  if (!drag) return
  const [x, y] = [event.clientX - drag.x, event.clientY - drag.y]
  if (!drag.moved && Math.hypot(x, y) < near) return
  drag.moved = true
  drag.visit.classList.add('dragged')
  drag.visit.style.transform = `translate(${x}px, ${y}px)`
  const place = placeAt(event.clientX, event.clientY)
  markDay(place?.day)
  if (place) drag.visit.dataset.to = place.time
  else delete drag.visit.dataset.to
})

// The end of a drag is no press of the link.
const swallowClick = () => {
  const swallow = (click) => click.preventDefault()
  addEventListener('click', swallow, { capture: true, once: true })
  setTimeout(() => removeEventListener('click', swallow, { capture: true }))
}

const stop = (go) => (event) => {
  if (!drag) return
  const { visit, moved } = drag
  const place = moved && go ? placeAt(event.clientX, event.clientY) : null
  visit.classList.remove('dragged')
  visit.style.transform = ''
  delete visit.dataset.to
  markDay(null)
  drag = null
  if (moved) swallowClick()
  if (place)
    location.assign(
      `/console/visits/${visit.dataset.visit}/move?date=${place.day.dataset.day}&time=${place.time}`,
    )
}

document.addEventListener('pointerup', stop(true))
document.addEventListener('pointercancel', stop(false))
document.addEventListener('keydown', (event) => event.key === 'Escape' && stop(false)(event))
