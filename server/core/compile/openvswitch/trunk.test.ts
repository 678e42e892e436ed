import { describe, expect, it } from 'vitest'
import type { Flow } from '../../host/flow'
import { canonicalFlow } from '../../parse/openflow/canonical-flow'
import { ids } from '../../testing/sample-topology'
import { blueId, parentId, redId, trunkId, trunkTopology } from '../../testing/sample-trunk'
import { compileHost } from '../compile'

const all = trunkTopology()
const [net1, cmp1, cmp2] = [1, 2, 3].map((host) => compileHost(all, ids.host(host))) as [
  ReturnType<typeof compileHost>,
  ReturnType<typeof compileHost>,
  ReturnType<typeof compileHost>,
]
const portNamed = (name: string) => cmp1.ovsPorts.find((port) => port.name === name)
const print = (flow: Flow) => `${flow.table} ${flow.priority} ${flow.match || 'any'} -> ${flow.actions}`
const flowsOn = (state: typeof cmp1, bridge: string) => state.flows.filter((flow) => flow.bridge === bridge).map(print)
const line = (text: string) => {
  const parsed = canonicalFlow(text, 'br')
  if (!parsed.ok) throw new Error(text)
  return print(parsed.value)
}

// docs/reference/trunks.md; local VLANs on cmp1: flat 11, VLAN 12, VXLAN 13.
describe('a trunk on Open vSwitch', () => {
  it('has a bridge of its own, as os-vif makes it, with our mark', () => {
    expect(cmp1.ovsBridges.find((bridge) => bridge.name === 'tbr-ce000001-0')).toEqual({
      name: 'tbr-ce000001-0',
      owner: { kind: 'trunk', id: trunkId },
      datapathType: 'netdev',
      failMode: null,
      protocols: [],
      otherConfig: {},
      externalIds: { tapline: `trunk/${trunkId}` },
    })
    expect(flowsOn(cmp1, 'tbr-ce000001-0')).toEqual([])
  })

  it('holds the parent’s VIF without a tag, which knows its trunk', () => {
    expect(portNamed('qvoff000022-00')).toMatchObject({
      bridge: 'tbr-ce000001-0',
      tag: null,
      vlanMode: null,
      trunks: [],
      otherConfig: {},
      interface: {
        externalIds: {
          'iface-id': parentId,
          bridge_name: 'tbr-ce000001-0',
          trunk_id: trunkId,
          subport_ids: JSON.stringify([redId, blueId]),
        },
      },
    })
  })

  it.each([
    ['tpt-ff000022-00', 'tbr-ce000001-0', 0, 'access', 'tpi-ff000022-00', parentId],
    ['tpi-ff000022-00', 'br-int', 12, null, 'tpt-ff000022-00', parentId],
    ['spt-ff000038-00', 'tbr-ce000001-0', 301, 'access', 'spi-ff000038-00', redId],
    ['spi-ff000038-00', 'br-int', 13, null, 'spt-ff000038-00', redId],
    ['spt-ff000018-00', 'tbr-ce000001-0', 302, 'access', 'spi-ff000018-00', blueId],
    ['spi-ff000018-00', 'br-int', 11, null, 'spt-ff000018-00', blueId],
  ])('patch end %s is on %s with tag %s', (name, bridge, tag, vlanMode, peer, portId) => {
    expect(portNamed(name)).toMatchObject({
      bridge,
      tag,
      vlanMode,
      owner: { kind: 'port', id: portId },
      interface: {
        type: 'patch',
        options: { peer },
        externalIds: { 'iface-id': portId, 'attached-mac': all.ports.find((port) => port.id === portId)!.macAddress },
      },
    })
    expect(name.length).toBeLessThanOrEqual(15)
  })

  it.each([
    'table=0,priority=9,in_port=tpi-ff000022-00,actions=resubmit(,25)',
    'table=25,priority=2,in_port=tpi-ff000022-00,dl_src=fa:16:3e:00:02:02,actions=resubmit(,30)',
    'table=0,priority=10,arp,in_port=spi-ff000038-00,actions=resubmit(,24)',
    'table=24,priority=2,arp,in_port=spi-ff000038-00,arp_spa=10.0.3.8,actions=resubmit(,25)',
    'table=25,priority=2,in_port=spi-ff000038-00,dl_src=fa:16:3e:00:03:08,actions=resubmit(,30)',
  ])('br-int guards the inner ends: %s', (text) => expect(flowsOn(cmp1, 'br-int')).toContain(line(text)))

  it('has no flow for the VIF itself, which is not on br-int', () =>
    expect(flowsOn(cmp1, 'br-int').filter((flow) => flow.includes('qvoff000022'))).toEqual([]))

  it('makes other hosts send the subport’s unicast to cmp1', () => {
    const unicast = 'table=20,priority=2,dl_vlan=23,dl_dst=fa:16:3e:00:03:08,actions=strip_vlan,set_tunnel:0x5e3,output:vxlan-c0a8960c'
    expect(flowsOn(cmp2, 'br-tun')).toContain(line(unicast))
  })

  it('is served by DHCP', () =>
    expect(net1.dnsmasq.find((each) => each.networkId === ids.network(3))?.files['host']).toContain(
      'fa:16:3e:00:03:08,host-10-0-3-8.openstacklocal,10.0.3.8',
    ))

  it('kills a subport that is administratively down, and leaves the others', () => {
    const down = { ...all, ports: all.ports.map((port) => (port.id === redId ? { ...port, isAdminStateUp: false } : port)) }
    const state = compileHost(down, ids.host(2))
    expect(state.ovsPorts.find((port) => port.name === 'spi-ff000038-00')?.tag).toBe(4095)
    expect(state.ovsPorts.find((port) => port.name === 'spt-ff000038-00')?.tag).toBe(301)
    expect(flowsOn(state, 'br-int')).toContain(line('table=0,priority=2,in_port=spi-ff000038-00,actions=drop'))
    expect(state.ovsPorts.find((port) => port.name === 'spi-ff000018-00')?.tag).toBe(11)
  })

  it('goes on when it is administratively down: that only locks it', () => {
    const down = { ...all, trunks: all.trunks.map((trunk) => ({ ...trunk, isAdminStateUp: false })) }
    expect(compileHost(down, ids.host(2))).toEqual(cmp1)
  })
})
