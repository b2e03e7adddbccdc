import { z } from 'zod'
import { changePhoto, maxPhotoBytes, photoSideLimits, removePhoto } from '#features/staff/staff-photo.ts'
import { type Api, writeRoute } from '../staff-route.ts'
import { fullReachNote } from './staff-schemas.ts'

const params = z.strictObject({ id: z.uuid() })

const { least, most } = photoSideLimits
const newPhotoSchema = z
  .strictObject({
    image: z
      .base64()
      .min(1)
      .max(Math.ceil(maxPhotoBytes / 3) * 4)
      .describe(`JPEG or PNG in base64: at most ${maxPhotoBytes} bytes, each side ${least}–${most} pixels`),
  })
  .meta({ id: 'NewStaffPhoto' })

const photoSchema = z
  .strictObject({
    hash: z.string().describe('SHA-256 (hex) of what is kept'),
    width: z.int(),
    height: z.int(),
    bytes: z.int(),
  })
  .meta({ id: 'StaffPhoto' })

export const serveStaffPhoto = (api: Api): void => {
  writeRoute(
    api,
    'PUT /staff/:id/photo',
    'staff:write',
    {
      operationId: 'putStaffPhoto',
      tag: 'Staff',
      summary: "Keeps a member's photo, by which families know who is at the door",
      description: `Place, time and device are taken out of it. ${fullReachNote}`,
      params,
      body: newPhotoSchema,
      answer: photoSchema,
    },
    async (tx, { caller, params: { id }, body, now }) => ({
      body: await changePhoto(tx, { caller, id, image: Buffer.from(body.image, 'base64'), now }),
    }),
  )

  writeRoute(
    api,
    'DELETE /staff/:id/photo',
    'staff:write',
    {
      operationId: 'deleteStaffPhoto',
      tag: 'Staff',
      summary: "Takes a member's photo away",
      description: fullReachNote,
      params,
    },
    async (tx, { caller, params: { id }, now }) => {
      await removePhoto(tx, { caller, id, now })
      return { body: undefined }
    },
  )
}
