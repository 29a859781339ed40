import fc from 'fast-check'
import { expect, it } from 'vitest'
import { bytesOfUuid, uuidAt } from './uuid-bytes.ts'

it('reads a UUID from where it was written', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.uint8Array({ maxLength: 40 }), (uuid, before) => {
      const bytes = bytesOfUuid(uuid)
      expect(bytes).toHaveLength(16)
      expect(uuidAt(Buffer.concat([before, bytes, before]), before.length)).toBe(uuid)
    }),
  )
})
