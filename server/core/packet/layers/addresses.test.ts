import { describe, expect, it } from 'vitest'
import { ip6 } from '../testing/build-frame'
import { ipv4Text, ipv6Text, macText } from './addresses'

describe('addresses as text', () => {
  it.each([
    [[0, 0, 0, 0, 0, 0, 0, 0], '::'],
    [[0, 0, 0, 0, 0, 0, 0, 1], '::1'],
    [[0xfe80, 0, 0, 0, 0, 0, 0, 0], 'fe80::'],
    [[0x2001, 0xdb8, 0, 1, 0, 0, 0, 1], '2001:db8:0:1::1'],
    [[0x2001, 0xdb8, 0, 0, 1, 0, 0, 1], '2001:db8::1:0:0:1'],
    [[0x2001, 0xdb8, 0, 1, 1, 1, 1, 1], '2001:db8:0:1:1:1:1:1'],
    [[1, 2, 3, 4, 5, 6, 7, 0xabcd], '1:2:3:4:5:6:7:abcd'],
  ])('%j is %s (RFC 5952)', (groups, text) => {
    expect(ipv6Text(Uint8Array.from(ip6(...groups)))).toBe(text)
  })

  it('IPv4 and MAC', () => {
    expect(ipv4Text(Uint8Array.of(10, 0, 255, 1))).toBe('10.0.255.1')
    expect(macText(Uint8Array.of(0xfa, 0x16, 0x3e, 0, 1, 0x0f))).toBe('fa:16:3e:00:01:0f')
  })
})
