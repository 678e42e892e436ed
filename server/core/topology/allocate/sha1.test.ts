import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { dhcpDeviceId, uuid5Dns } from '../kinds/port/dhcp-device'
import { sha1, toHex } from './sha1'

it('agrees with the platform for every length around a block', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => toHex(sha1(bytes)) === createHash('sha1').update(bytes).digest('hex')),
  )
})

// Python: uuid.uuid5(uuid.NAMESPACE_DNS, 'python.org')
it('makes version 5 UUIDs', () => expect(uuid5Dns('python.org')).toBe('886313e1-3b8a-5372-9b90-0c9aee199e5d'))

it('names a DHCP device by the short host name', () => {
  expect(dhcpDeviceId('net1.example.org', 'n')).toBe(dhcpDeviceId('net1', 'n'))
  expect(dhcpDeviceId('net1', 'n')).toMatch(/^dhcp[0-9a-f-]{36}-n$/)
})
