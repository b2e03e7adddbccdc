import { describe, expect, test } from 'vitest'
import { fileRefusal, maxFileBytes } from '#features/messages/file-refusal.ts'
import type { AttachedFile } from '#features/messages/message-files.ts'

const document = (name: string | null, mime: string | null, size: number | null = 1000): AttachedFile => ({
  kind: 'document',
  fileId: 'id',
  name,
  mime,
  size,
})

const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

describe('a file', () => {
  test.each([
    ['справка.pdf', 'application/pdf'],
    ['ФОТО.JPG', 'image/jpeg'],
    ['a.b.docx', docx],
    ['IMG_1.heic', 'image/heif'],
    ['x.txt', 'TEXT/PLAIN'],
    // As apps send what they do not know: an iPhone its photos, others a Word file, a PDF.
    ['IMG_0001.HEIC', 'image/heic'],
    ['IMG_0001.HEIC', null],
    ['заявление.docx', 'application/octet-stream'],
    ['заявление.docx', 'application/zip'],
    ['справка.pdf', null],
    ['справка.pdf', 'application/pdf; charset=binary'],
    [null, 'application/pdf'],
    ['справка', 'application/pdf'],
    ['запись.m4a', 'audio/x-m4a'],
    ['запись.mp3', 'audio/mpeg'],
    ['дома.mov', 'video/quicktime'],
  ])('is accepted: %s as %s', (name, mime) => expect(fileRefusal(document(name, mime))).toBeNull())

  test.each([
    ['a.exe', 'application/x-msdownload'],
    ['a.apk', 'application/vnd.android.package-archive'],
    ['a.zip', 'application/zip'],
    ['a.html', 'text/html'],
    ['a.svg', 'image/svg+xml'],
    ['a.pdf.exe', 'application/pdf'],
    ['a.pdf', 'application/x-msdownload'],
    ['a.exe', 'application/pdf'],
    ['a.constructor', 'application/pdf'],
    ['a.scriptwithalongending', 'application/pdf'],
    ['a.exe', null],
    ['a.exe', 'application/octet-stream'],
    ['a', 'application/octet-stream'],
    ['a', 'application/zip'],
    [null, 'application/zip'],
    [null, null],
    ['constructor', null],
    ['pdf', 'constructor'],
  ])('is refused: %s as %s', (name, mime) => expect(fileRefusal(document(name, mime))).toBe('type'))

  test('is refused above twenty megabytes', () => {
    expect(fileRefusal(document('a.pdf', 'application/pdf', maxFileBytes))).toBeNull()
    expect(fileRefusal(document('a.pdf', 'application/pdf', maxFileBytes + 1))).toBe('too-large')
    const photo = { kind: 'photo', fileId: 'id', name: null, mime: 'image/jpeg', size: null } as const
    expect(fileRefusal(photo)).toBeNull()
    expect(fileRefusal({ ...photo, size: maxFileBytes + 1 })).toBe('too-large')
  })
})
