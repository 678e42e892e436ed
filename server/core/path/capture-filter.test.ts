import { describe, expect, it } from 'vitest'
import { captureFilter } from './capture-filter'

const macs = ['fa:16:3e:00:00:01', 'FA:16:3E:00:00:02']
const vxlan = { kind: 'vxlan', vni: 100, source: 'a', destination: 'b' } as const

describe('captureFilter', () => {
  it('takes the ping of both endpoints, whatever tag it has', () => {
    const filter = '(ether src fa:16:3e:00:00:01 or ether src fa:16:3e:00:00:02) and (arp or icmp or (vlan and (arp or icmp)))'
    expect(captureFilter({ kind: 'untagged' }, macs)).toBe(filter)
    expect(captureFilter({ kind: 'dot1q', vlanId: 120 }, macs)).toBe(filter)
  })

  it('looks into VXLAN by offset', () => {
    expect(captureFilter(vxlan, macs)).toBe(
      'udp port 4789 and ((udp[22:4]=0xfa163e00 and udp[26:2]=0x0001) or (udp[22:4]=0xfa163e00 and udp[26:2]=0x0002)) and (udp[28:2]=0x0806 or (udp[28:2]=0x0800 and udp[39]=1))',
    )
  })

  it('lets nothing but an address into the filter', () => {
    expect(captureFilter({ kind: 'untagged' }, ['1 or tcp', 'fa:16:3e:00:00:01 or port 22'])).toBe('arp or icmp or (vlan and (arp or icmp))')
    expect(captureFilter(vxlan, ['; reboot'])).toBe('udp port 4789')
  })
})
