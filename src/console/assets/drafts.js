// What is typed into a form with `data-draft` is kept while it is typed, and offered again on the same page.
const restMs = 800
const waiting = new Map()

const typable = (form) =>
  [...form.elements].filter(
    ({ name, type }) => name && !['hidden', 'password', 'file', 'submit', 'button'].includes(type),
  )

const typedIn = (form) => {
  const fields = {}
  for (const field of typable(form)) {
    if (['checkbox', 'radio'].includes(field.type) && !field.checked) continue
    fields[field.name] =
      fields[field.name] === undefined ? field.value : [fields[field.name], field.value].flat()
  }
  return fields
}

const putInto = (form, fields) => {
  for (const field of typable(form)) {
    const values = [fields[field.name] ?? []].flat()
    if (['checkbox', 'radio'].includes(field.type)) field.checked = values.includes(field.value)
    else if (values.length > 0) field.value = values[0]
  }
}

const noteOf = (form, name) => {
  form.querySelector('.draft')?.remove()
  const note = name && document.getElementById(name)?.content.cloneNode(true)
  if (note) form.prepend(note)
  return form.querySelector('.draft')
}

const save = async (form, typed = typedIn(form)) => {
  clearTimeout(waiting.get(form))
  waiting.delete(form)
  const body = new URLSearchParams({
    csrf: form.elements.csrf.value,
    form: form.dataset.draft,
    typed: JSON.stringify(typed),
  })
  const answer = await fetch('/console/drafts', { method: 'POST', body, keepalive: true }).catch(() => null)
  if (answer?.ok) form.querySelector('.draft.trouble')?.remove()
  else noteOf(form, 'draft-trouble')
}

document.addEventListener('input', ({ target }) => {
  const form = target.closest('form[data-draft]')
  if (!form) return
  clearTimeout(waiting.get(form))
  waiting.set(
    form,
    setTimeout(() => save(form), restMs),
  )
})

document.addEventListener('submit', ({ target }) => {
  clearTimeout(waiting.get(target))
  waiting.delete(target)
})

addEventListener('pagehide', () => {
  for (const form of waiting.keys()) save(form)
})

const offer = async (form) => {
  const asked = `/console/drafts?form=${encodeURIComponent(form.dataset.draft)}`
  const answer = await fetch(asked).catch(() => null)
  if (answer?.status !== 200) return
  const { fields, at } = await answer.json()
  const shown = typedIn(form)
  const same = Object.entries(fields).every(([name, value]) => String(shown[name] ?? '') === String(value))
  if (same || waiting.has(form)) return
  const note = noteOf(form, 'draft-offer')
  const [take, drop] = note.querySelectorAll('button')
  note.querySelector('time').textContent = at
  take.addEventListener('click', () => {
    putInto(form, fields)
    note.remove()
    typable(form)[0]?.focus()
  })
  drop.addEventListener('click', () => {
    note.remove()
    save(form, {})
  })
}

for (const form of document.querySelectorAll('form[data-draft]')) offer(form)
