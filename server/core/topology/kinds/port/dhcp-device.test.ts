import { expect, it } from 'vitest'
import { dhcpDeviceId, uuid5Dns } from './dhcp-device'

// Python: uuid.uuid5(uuid.NAMESPACE_DNS, 'python.org')
it('makes version 5 UUIDs', () => expect(uuid5Dns('python.org')).toBe('886313e1-3b8a-5372-9b90-0c9aee199e5d'))

it('names a DHCP device by the short host name', () => {
  expect(dhcpDeviceId('net1.example.org', 'n')).toBe(dhcpDeviceId('net1', 'n'))
  expect(dhcpDeviceId('net1', 'n')).toMatch(/^dhcp[0-9a-f-]{36}-n$/)
})
