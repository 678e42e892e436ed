// Our walk through the tables against `ovs-appctl ofproto/trace` on the same flows, recorded on a Neutron 21 host; and the
// cases that recording lacks.

import { describe, expect, it } from 'vitest'
import { loadNeutron21, readNeutron21 } from '../../parse/fixtures/load-neutron-21'
import { flow } from '../testing/cloud'
import { isDropped, traceFlows, type Trace } from './trace-flows'
import { matchPacket, type TracePacket } from './trace-packet'

const { flows } = loadNeutron21('h1').state
const [vm1, vm2] = ['fa:16:3e:5e:1a:6f', 'fa:16:3e:da:ec:c3']
const icmp = { kind: 'icmp', sourceIp: '10.0.1.11', destinationIp: '10.0.1.12' } as const
const arp = (senderIp: string) => ({ kind: 'arp', senderIp, targetIp: '10.0.1.12' }) as const
const fromVm: TracePacket = { inPort: 'qvof4513237-f5', sourceMac: vm1, destinationMac: vm2, payload: icmp, vlan: null, tunnelId: null }
const broadcast = { ...fromVm, destinationMac: 'ff:ff:ff:ff:ff:ff' }

/** `table/priority` per bridge, from the headings at the left margin; what NORMAL floods to is indented deeper. */
function recorded(file: string): Record<string, string[]> {
  const steps: Record<string, string[]> = {}
  let bridge = ''
  for (const line of readNeutron21(`h1/${file}`).split('\n')) {
    const heading = /^bridge\("(.+)"\)$/.exec(line)?.[1]
    if (heading !== undefined) bridge = heading in steps ? '' : heading
    const [, table, priority] = /^ ?(\d+)\. (?:.*, )?priority (\d+)/.exec(line) ?? []
    if (bridge && table !== undefined) (steps[bridge] ??= []).push(`${table}/${priority}`)
  }
  return steps
}
const walk = (bridge: string, packet: TracePacket) => traceFlows(flows.filter((each) => each.bridge === bridge), packet)
const steps = ({ hits }: Trace) => hits.map(({ table, priority }) => `${table}/${priority}`)

describe('as ofproto/trace on the real host', () => {
  it.each<[string, string, TracePacket]>([
    ['trace-unicast.txt', 'br-int', fromVm],
    ['trace-unicast.txt', 'br-tun', { ...fromVm, inPort: 'patch-int', vlan: 1 }],
    ['trace-unicast.txt', 'br-tunnel-if', { ...fromVm, inPort: 'LOCAL' }],
    ['trace-arp-request.txt', 'br-int', { ...broadcast, payload: arp('10.0.1.11') }],
    ['trace-arp-request.txt', 'br-tun', { ...broadcast, payload: arp('10.0.1.11'), inPort: 'patch-int', vlan: 1 }],
    ['trace-spoofed-arp.txt', 'br-int', { ...broadcast, payload: arp('10.0.1.77') }],
    ['trace-spoofed-mac.txt', 'br-int', { ...fromVm, sourceMac: '02:00:00:00:00:99' }],
    ['trace-from-tunnel.txt', 'br-tun', { ...fromVm, sourceMac: vm2, destinationMac: vm1, inPort: 'vxlan-0a62000c', tunnelId: 1507 }],
    ['trace-from-tunnel.txt', 'br-int', { ...fromVm, sourceMac: vm2, destinationMac: vm1, inPort: 'patch-tun', vlan: 1 }],
  ])('%s, %s', (file, bridge, packet) => expect(steps(walk(bridge, packet))).toEqual(recorded(file)[bridge]))

  it('knows what leaves, with which header', () => {
    expect(walk('br-tun', { ...fromVm, inPort: 'patch-int', vlan: 1 }).outputs).toEqual([{ port: 'vxlan-0a62000c', vlan: null, tunnelId: 1507 }])
    expect(walk('br-tun', { ...fromVm, inPort: 'vxlan-0a62000c', tunnelId: 1507 }).outputs).toEqual([{ port: 'patch-int', vlan: 1, tunnelId: 1507 }])
    expect(walk('br-int', fromVm).normal).toEqual({ vlan: null })
    // The ARP responder answers through the port the request came by.
    expect(walk('br-tun', { ...broadcast, payload: arp('10.0.1.11'), inPort: 'patch-int', vlan: 1 }).outputs).toMatchObject([{ port: 'patch-int', vlan: 1 }])
  })

  it('knows what drops', () => {
    expect(walk('br-int', { ...broadcast, payload: arp('10.0.1.77') })).toMatchObject({ missedTable: null, normal: null })
    expect(walk('br-int', { ...fromVm, sourceMac: '02:00:00:00:00:99' }).missedTable).toBe(25)
    expect(isDropped(walk('br-int', { ...fromVm, sourceMac: '02:00:00:00:00:99' }))).toBe(true)
    expect(isDropped(walk('br-int', fromVm))).toBe(false)
  })
})

describe('matches', () => {
  it.each<[string, Partial<TracePacket>, string]>([
    ['', {}, 'yes'],
    ['dl_vlan=3', { vlan: 3 }, 'yes'],
    ['dl_vlan=3', {}, 'no'],
    ['vlan_tci=0x0000/0x1fff', {}, 'yes'],
    ['vlan_tci=0x0000/0x1fff', { vlan: 3 }, 'no'],
    ['vlan_tci=0x0003/0x0fff', { vlan: 3 }, 'yes'],
    ['vlan_tci=0x1000/0x1000', { vlan: 9 }, 'yes'],
    ['tun_id=0x64', { tunnelId: 100 }, 'yes'],
    ['tun_id=0x64', { tunnelId: 101 }, 'no'],
    ['dl_dst=01:00:00:00:00:00/01:00:00:00:00:00', {}, 'no'],
    ['dl_dst=01:00:00:00:00:00/01:00:00:00:00:00', { destinationMac: 'ff:ff:ff:ff:ff:ff' }, 'yes'],
    ['ip,nw_src=10.0.1.0/24', {}, 'yes'],
    ['ip,nw_src=10.0.2.0/24', {}, 'no'],
    ['ip,nw_src=0.0.0.0/0', {}, 'yes'],
    ['arp,arp_spa=10.0.1.11', { payload: arp('10.0.1.11') }, 'yes'],
    ['arp', {}, 'no'],
    ['icmp6,icmp_type=136', {}, 'no'],
    ['tp_dst=67,udp', {}, 'no'],
    ['ct_state=+trk,ip', {}, 'unknown'],
    ['ct_state=+trk,ipv6', {}, 'no'],
    ['reg6=0x1', {}, 'unknown'],
  ])('%s', (match, packet, expected) => expect(matchPacket(match, { ...fromVm, ...packet })).toBe(expected))
})

describe('what it cannot know makes it uncertain', () => {
  it.each([
    ['a field of the datapath', ['priority=9,ip,ct_state=+trk,actions=drop', 'priority=1,actions=drop'], true],
    ['conntrack', ['priority=1,actions=ct(table=9)'], true],
    ['a group', ['priority=1,actions=group:1'], true],
    ['a loop', ['priority=1,actions=resubmit(,0)'], true],
    ['plain flows', ['priority=1,actions=drop'], false],
  ])('%s', (_, texts, isUncertain) => {
    const trace = traceFlows(texts.map((text) => flow('br-int', text)), fromVm)
    expect(trace.isUncertain).toBe(isUncertain)
    expect(isDropped(trace)).toBe(!isUncertain)
  })

  it('goes on behind a resubmit, and through all actions', () => {
    const trace = traceFlows([flow('br-x', 'table=0,actions=resubmit(,5),strip_vlan,output:nic'), flow('br-x', 'table=5,actions=mod_vlan_vid:9,output:phy')], fromVm)
    expect(trace.outputs).toEqual([{ port: 'phy', vlan: 9, tunnelId: null }, { port: 'nic', vlan: null, tunnelId: null }])
    expect(trace.translations.map(({ table }) => table)).toEqual([5, 0])
  })
})
