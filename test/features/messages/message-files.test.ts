import { describe, expect, test } from 'vitest'
import { type AttachedFile, maxFileBytes, fileRefusal } from '#features/messages/message-files.ts'

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
  ])('is accepted: %s', (name, mime) => expect(fileRefusal(document(name, mime))).toBeNull())

  test.each([
    ['a.exe', 'application/x-msdownload'],
    ['a.apk', 'application/vnd.android.package-archive'],
    ['a.zip', 'application/zip'],
    ['a.html', 'text/html'],
    ['a.svg', 'image/svg+xml'],
    ['a.mp3', 'audio/mpeg'],
    ['a.pdf.exe', 'application/pdf'],
    ['a.pdf', 'application/x-msdownload'],
    ['a.exe', 'application/pdf'],
    ['constructor', 'application/pdf'],
    ['a.constructor', 'application/pdf'],
    ['pdf', 'application/pdf'],
    [null, 'application/pdf'],
    ['a.pdf', null],
  ])('is refused: %s as %s', (name, mime) => expect(fileRefusal(document(name, mime))).toBe('type'))

  test('is refused above twenty megabytes', () => {
    expect(fileRefusal(document('a.pdf', 'application/pdf', maxFileBytes))).toBeNull()
    expect(fileRefusal(document('a.pdf', 'application/pdf', maxFileBytes + 1))).toBe('too-large')
    const photo = { kind: 'photo', fileId: 'id', name: null, mime: 'image/jpeg', size: null } as const
    expect(fileRefusal(photo)).toBeNull()
    expect(fileRefusal({ ...photo, size: maxFileBytes + 1 })).toBe('too-large')
  })
})
