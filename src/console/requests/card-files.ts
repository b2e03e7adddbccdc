import { fileName } from '#dialogue/messages/file-name-view.ts'
import type { AttachedFile } from '#features/messages/message-files.ts'
import { html, type Markup } from '#http/markup.ts'
import type { Visit } from '../visit.ts'

/** Telegram gives bots no more of a file (bytes). */
export const largestFile = 20 * 1024 * 1024

/** A file of a story or a note, to be heard, seen or kept. Nothing is fetched before somebody asks for it. */
export const fileMarkup = (
  { say }: Visit,
  { requestId, key, file }: { requestId: string; key: string; file: AttachedFile },
): Markup => {
  const name = fileName(say, file)
  const address = `/console/requests/${requestId}/file?key=${key}`
  if ((file.size ?? 0) > largestFile)
    return html`<p class="file">${name}. ${say.label('consoleRequests.files.large')}</p>`
  if (file.kind === 'voice' || file.kind === 'audio')
    return html`<figure class="file"><figcaption>${name}</figcaption><audio controls preload="none" src="${address}"></audio></figure>`
  if (file.kind === 'document') return html`<p class="file"><a href="${address}" download>${name}</a></p>`
  const shown =
    file.kind === 'photo'
      ? html`<img loading="lazy" src="${address}" alt="${say.label('consoleRequests.files.photo')}">`
      : html`<video controls preload="none" src="${address}"></video>`
  return html`<details class="file" id="file-${key}" hx-morph-skip><summary>${name}</summary>${shown}</details>`
}

const types: Partial<Record<AttachedFile['kind'], string>> = {
  photo: 'image/jpeg',
  voice: 'audio/ogg',
  audio: 'audio/mpeg',
  video: 'video/mp4',
  'video-note': 'video/mp4',
  animation: 'video/mp4',
}

const endings: Partial<Record<AttachedFile['kind'], string>> = { photo: 'jpg', voice: 'ogg', audio: 'mp3' }

/** The type of a file as a browser is told: what a document says of itself is not to be believed. */
export const typeOfFile = ({ kind, mime }: AttachedFile): string => {
  const known = types[kind]
  if (known === undefined) return 'application/octet-stream'
  const said = mime ?? ''
  return said.split('/')[0] === known.split('/')[0] && /^[\w.+-]+\/[\w.+-]+$/.test(said) ? said : known
}

export const nameOfFile = ({ kind, name }: AttachedFile, number: string): string =>
  name ?? `${number}.${endings[kind] ?? (kind === 'document' ? 'dat' : 'mp4')}`
