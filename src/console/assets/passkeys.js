// Passkeys: a form of which the browser answers one field, by a finger, a face or the device's PIN.
const toBytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (one) => one.charCodeAt(0))
const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '')

const asked = {
  get: ({ challenge }) =>
    navigator.credentials.get({
      publicKey: { challenge: toBytes(challenge), rpId: location.hostname, userVerification: 'required' },
    }),
  create: ({ challenge, user, who, site, known }) =>
    navigator.credentials.create({
      publicKey: {
        challenge: toBytes(challenge),
        rp: { id: location.hostname, name: site },
        user: { id: toBytes(user), name: who, displayName: who },
        pubKeyCredParams: [-8, -7, -257].map((alg) => ({ type: 'public-key', alg })),
        excludeCredentials: known
          .split(' ')
          .filter(Boolean)
          .map((id) => ({ type: 'public-key', id: toBytes(id) })),
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        attestation: 'none',
      },
    }),
}

const written = ({ id, rawId, type, response }) => {
  const said = { clientDataJSON: toText(response.clientDataJSON) }
  for (const name of ['authenticatorData', 'signature', 'userHandle', 'attestationObject'])
    if (response[name]) said[name] = toText(response[name])
  return JSON.stringify({ id, rawId: toText(rawId), type, response: said })
}

for (const form of document.querySelectorAll('form[data-passkey]')) {
  if (!window.PublicKeyCredential) continue
  form.hidden = false
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    const [button, notice] = [form.querySelector('button'), form.querySelector('[role="alert"]')]
    notice.hidden = true
    try {
      form.elements.answer.value = written(await asked[form.dataset.passkey](form.dataset))
      form.submit()
    } catch {
      notice.hidden = false
      setTimeout(() => (button.disabled = false))
    }
  })
}
