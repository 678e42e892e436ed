import { describe, expect, it } from 'vitest'
import { captureFilter } from './capture-filter'

const macs = ['fa:16:3e:00:00:01', 'FA:16:3E:00:00:02']

describe('captureFilter', () => {
  it('takes the ping of both endpoints, whatever tag it has', () => {
    const filter = '(ether src fa:16:3e:00:00:01 or ether src fa:16:3e:00:00:02) and (arp or icmp or (vlan and (arp or icmp)))'
    expect(captureFilter(false, macs)).toBe(filter)
  })

  it('looks into VXLAN by offset', () => {
    expect(captureFilter(true, macs)).toBe(
      'udp port 4789 and ((udp[22:4]=0xfa163e00 and udp[26:2]=0x0001) or (udp[22:4]=0xfa163e00 and udp[26:2]=0x0002)) and (udp[28:2]=0x0806 or (udp[28:2]=0x0800 and udp[39]=1))',
    )
  })

  it('takes ARP that claims an address of an endpoint from whatever MAC', () => {
    const addresses = ['10.0.1.3', '10.0.1.4', '1 or tcp']
    expect(captureFilter(false, macs, addresses)).toContain('(arp and (arp[14:4]=0x0a000103 or arp[14:4]=0x0a000104))')
    expect(captureFilter(true, macs, addresses)).toContain('(udp[28:2]=0x0806 and (udp[44:4]=0x0a000103 or udp[44:4]=0x0a000104))')
  })

  it('takes the ping of whom no MAC is certain by his address, where he is not in a tunnel, and expects no MAC that stands for any', () => {
    const [unheard, outside] = ['02:00:00:00:00:fe', ['198.51.100.10', '1 or tcp']]
    const filter = captureFilter(false, [...macs, unheard], ['10.0.1.3'], outside)
    expect(filter).toContain('(icmp and (src host 198.51.100.10))')
    expect(filter.match(/198\.51\.100\.10/g)).toHaveLength(2)
    expect(filter).not.toMatch(new RegExp(`${unheard}|1 or tcp`))
    expect(captureFilter(true, macs, ['10.0.1.3'], outside)).not.toContain('198.51.100.10')
  })

  it('lets nothing but an address into the filter', () => {
    expect(captureFilter(false, ['1 or tcp', 'fa:16:3e:00:00:01 or port 22'])).toBe('arp or icmp or (vlan and (arp or icmp))')
    expect(captureFilter(true, ['; reboot'])).toBe('udp port 4789')
  })
})
