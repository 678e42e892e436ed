import { describe, expect, it } from 'vitest'
import { findEndpoint, listEndpoints } from './list-endpoints'
import { Cloud, networkId, ports } from './testing/cloud'
import { floated, FLOATING, floatingId, routedTopology } from './testing/routed-cloud'

const { topology } = new Cloud({ type: 'vlan' })

describe('endpoints', () => {
  it('are the ports that a VM or a DHCP server uses, by network and label', () => {
    expect(listEndpoints(topology).map(({ label, kind, hostName, ipAddress }) => [label, kind, hostName, ipAddress])).toEqual([
      ['DHCP of net-a on cmp1', 'dhcp', 'cmp1', '10.0.0.2'],
      ['web1', 'vm', 'cmp1', '10.0.0.5'],
      ['web2', 'vm', 'cmp2', '10.0.0.6'],
      ['web3', 'vm', 'cmp1', '10.0.0.7'],
    ])
  })

  it('leaves out what is bound to no host or used by nothing', () => {
    const edited = topology.ports.map((port) =>
      port.id === ports.web1 ? { ...port, hostId: null } : port.id === ports.web2 ? { ...port, deviceOwner: '' as const } : port,
    )
    expect(listEndpoints({ ...topology, ports: edited }).map(({ label }) => label)).toEqual(['DHCP of net-a on cmp1', 'web3'])
  })

  it('are also floating IPs that lead to a port, as that port by another address', () => {
    const routed = routedTopology({ isDistributed: true })
    const { floatingIp, ...own } = findEndpoint(routed, floatingId)!
    expect(own).toEqual({ ...findEndpoint(routed, floated), id: floatingId })
    expect(floatingIp).toEqual({ id: floatingId, address: FLOATING })
    expect(listEndpoints(routed).filter((each) => each.portId === floated)).toHaveLength(2)
    const free = routedTopology({ isDistributed: true, floatingIp: { fixedPortId: null, fixedIpAddress: null, routerId: null } })
    expect([findEndpoint(free, floatingId), listEndpoints(free).some(({ kind }) => kind === 'outside')]).toEqual([null, false])
  })

  it('names the NIC of a VM that has several', () => {
    const vms = topology.vms.map((vm) => (vm.name === 'web1' ? { ...vm, portIds: [ports.web3, ports.web1] } : vm))
    expect(findEndpoint({ ...topology, vms }, ports.web1)).toMatchObject({ label: 'web1 eth1', networkId, macAddress: 'fa:16:3e:00:00:01' })
  })
})
