import { expect, it } from 'vitest'
import { haltKernel } from './halt-kernel'

it('is an image that a loader of Linux takes, whose first jump leads to where the processor stops', () => {
  const image = haltKernel()
  const [setupSectors, bootFlag, magic] = [image.readUInt8(0x1f1), image.readUInt16LE(0x1fe), image.toString('latin1', 0x202, 0x206)]
  expect([setupSectors, bootFlag, magic]).toEqual([1, 0xaa55, 'HdrS'])
  expect(image.length).toBeGreaterThan((1 + setupSectors) * 512)
  const [jump, distance] = image.subarray(0x200)
  expect(jump).toBe(0xeb)
  const target = 0x202 + distance!
  // cli, hlt, and back to hlt.
  expect([...image.subarray(target, target + 4)]).toEqual([0xfa, 0xf4, 0xeb, 0xfd])
})
