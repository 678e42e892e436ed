// What is told from the visit of one bridge, on the flows of a real Neutron host. That the visit itself is right is judged by
// recorded `ofproto/trace` in walk/openflow.

import { describe, expect, it } from 'vitest'
import { loadNeutron21 } from '../parse/fixtures/load-neutron-21'
import { arpRequest, BROADCAST_MAC, echoRequest, type Frame } from '../walk/frame'
import { buildSwitch } from '../walk/openflow/switch'
import { traceSwitch } from '../walk/openflow/trace-switch'
import type { TunnelKey } from '../walk/openflow/visit'
import { hitsOf, isDropped, isUncertain, normalOf, tagOf, translationsOf } from './bridge-trace'

const { state } = loadNeutron21('h1')
const sw = buildSwitch({ bridges: state.ovsBridges, ports: state.ovsPorts, flows: state.flows, unreadFlows: () => null })
const [vm1, vm2] = [
  { mac: 'fa:16:3e:5e:1a:6f', ip: '10.0.1.11' },
  { mac: 'fa:16:3e:da:ec:c3', ip: '10.0.1.12' },
]
const tagged = (frame: Frame): Frame => ({ ...frame, vlans: [{ tpid: 0x8100, vlanId: 1, pcp: 0 }] })
const visit = (bridge: string, port: string, frame: Frame, tunnel: TunnelKey | null = null) =>
  traceSwitch(sw, { bridge, port, frame, tunnel })
const keys = (hits: readonly { readonly key: string }[]) => hits.map(({ key }) => key)

const leaving = visit('br-int', 'qvof4513237-f5', echoRequest(vm1, vm2))
const sending = visit('br-tun', 'patch-int', tagged(echoRequest(vm1, vm2)))
const arriving = visit('br-tun', 'vxlan-0a62000c', echoRequest(vm2, vm1), {
  tunnelId: 1507,
  source: '10.98.0.12',
  destination: '10.98.0.11',
})
const spoofed = visit('br-int', 'qvof4513237-f5', arpRequest({ mac: vm1.mac, ip: '10.0.1.77' }, vm2.ip))
const foreign = visit('br-int', 'qvof4513237-f5', echoRequest({ mac: '02:00:00:00:00:99', ip: vm1.ip }, vm2))

describe('the visit of a bridge', () => {
  it('tells the flows that are hit, in order', () => {
    expect(hitsOf(sending).map(({ table, priority, match }) => [table, priority, match])).toEqual([
      [0, 1, 'in_port=patch-int'],
      [1, 0, ''],
      [2, 0, 'dl_dst=00:00:00:00:00:00/01:00:00:00:00:00'],
      [20, 2, 'dl_dst=fa:16:3e:da:ec:c3,dl_vlan=1'],
    ])
    expect(hitsOf(leaving)[0]!.key).toBe('br-int/0/9/in_port=qvof4513237-f5')
  })

  it('those that change the tag, and what leaves', () => {
    expect([keys(translationsOf(sending)), keys(translationsOf(arriving))]).toEqual([
      ['br-tun/20/2/dl_dst=fa:16:3e:da:ec:c3,dl_vlan=1'],
      ['br-tun/4/1/tun_id=0x5e3'],
    ])
    expect(sending.outputs.map(({ port, frame, tunnel }) => [port, tagOf(frame), tunnel?.tunnelId])).toEqual([
      ['vxlan-0a62000c', null, 1507],
    ])
    expect(arriving.outputs.map(({ port, frame }) => [port, tagOf(frame)])).toEqual([['patch-int', 1]])
  })

  it('the flow that hands over to MAC learning, and in which VLAN', () => {
    expect(normalOf(leaving)).toMatchObject({ hit: { key: 'br-int/60/3/' }, vlan: 1 })
    expect(normalOf(sending)).toBeNull()
  })

  it('what flows drop, and nothing else', () => {
    expect([leaving, sending, arriving, spoofed, foreign].map(isDropped)).toEqual([false, false, false, true, true])
    // In a VLAN without another port NORMAL finds nobody: that is no flow's doing.
    const alone = visit('br-int', 'qvof4513237-f5', {
      ...echoRequest(vm1, vm2),
      destinationMac: BROADCAST_MAC,
      vlans: [{ tpid: 0x8100, vlanId: 99, pcp: 0 }],
    })
    expect(isDropped(alone)).toBe(false)
  })

  it('that nobody can tell, where flows were not read', () => {
    const unread = buildSwitch({ bridges: state.ovsBridges, ports: state.ovsPorts, flows: [], unreadFlows: () => 'flows br-int: refused' })
    const seen = traceSwitch(unread, { bridge: 'br-int', port: 'qvof4513237-f5', frame: echoRequest(vm1, vm2) })
    expect([isUncertain(seen), isDropped(seen)]).toEqual([true, false])
  })
})
