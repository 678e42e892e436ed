import { describe, expect, it } from 'vitest'
import { explainedPath } from '../testing/explained'
import type { OvsPort } from '../host/ovs'
import type { NetworkType } from '../topology/kinds/network/network'
import { computePath, isPath } from '../path/compute-path'
import { dhcpNamespace, qvoName, tapName } from '../naming'
import { flow, macs, networkId, ports } from '../path/testing/cloud'
import { neutronised } from '../path/testing/neutronised'
import { computeObservedPath } from '../path/testing/observed-path'
import { topologyFromObservations } from './found-topology'

describe('a topology derived from observation', () => {
  it.each<[NetworkType, 'system' | 'netdev']>([
    ['flat', 'system'],
    ['vlan', 'system'],
    ['vxlan', 'system'],
    ['vxlan', 'netdev'],
  ])('%s, %s: draws the path that the design would', (type, datapathType) => {
    const cloud = neutronised(type, datapathType)
    const derived = computeObservedPath(cloud.input.observations, ports.web1, ports.web2)
    const designed = computePath(cloud.input, ports.web1, ports.web2)
    if (!isPath(derived) || !isPath(designed)) throw new Error('no path')
    const shape = ({ id, place: { device }, role, encapsulation, proof, linkToNext }: (typeof derived.forth.hops)[number]) => ({
      id: role === 'vm' || role === 'wire' ? role : id,
      device,
      encapsulation,
      proof,
      linkToNext,
    })
    expect(derived.forth.hops.map(shape)).toEqual(designed.forth.hops.map(shape))
    expect(new Set(derived.forth.hops.map(({ intent }) => intent))).toEqual(new Set(['unchecked']))
    expect(derived.verdict).toBeNull()
  })

  it('finds ports, addresses, VMs and local VLANs', () => {
    const topology = topologyFromObservations([...neutronised('vlan').input.observations.values()])
    expect(topology.networks).toEqual([
      {
        id: networkId,
        projectId: '',
        name: '11111111',
        type: 'vlan',
        physicalNetworkId: 'physnet1',
        segmentationId: 120,
        mtu: 1500,
        isAdminStateUp: true,
      },
    ])
    expect(topology.ports.map(({ id, deviceOwner, fixedIps }) => [id, deviceOwner, fixedIps[0]?.ipAddress])).toEqual([
      [ports.web1, 'compute:nova', '10.0.0.5'],
      [ports.dhcp, 'network:dhcp', '10.0.0.2'],
      [ports.web3, 'compute:nova', '10.0.0.7'],
      [ports.web2, 'compute:nova', '10.0.0.6'],
    ])
    expect(topology.vms.map(({ name, hostId }) => [name, hostId])).toEqual([
      ['web1', 'cmp1'],
      ['web2', 'cmp2'],
    ])
    expect(topology.localVlans).toEqual([
      { hostId: 'cmp1', networkId, vlan: 3 },
      { hostId: 'cmp2', networkId, vlan: 7 },
    ])
    expect(topology.hosts[0]?.bridgeMappings).toEqual([{ physicalNetworkId: 'physnet1', bridge: 'br-ens38', nic: 'ens38' }])
  })

  it('still finds what contradicts itself', () => {
    const cloud = neutronised('vxlan').change('cmp1', 'ovsPorts', (each) =>
      each.name === 'qvo9f9c98cb-13' ? { ...each, otherConfig: { ...each.otherConfig, tag: '8' } } : each,
    )
    const path = computeObservedPath(cloud.input.observations, ports.web1, ports.web2)
    expect(isPath(path) && explainedPath(path).verdict?.sentence).toBe('qvo9f9c98cb-13 has tag 3 but other_config:tag 8')
  })

  it('knows the address and the security of a port that the native firewall filters', () => {
    const cloud = neutronised('vxlan').change('cmp1', 'flows', (each) => (each.table === 24 || each.table === 25 ? null : each))
    const own = {
      ...flow(
        'br-int',
        `table=71,priority=95,arp,reg5=0x5,in_port=${qvoName(ports.web1)},dl_src=${macs.web1},arp_spa=10.0.0.5,actions=resubmit(,94)`,
      ),
    }
    cloud.states.cmp1 = { ...cloud.states.cmp1, flows: [...cloud.states.cmp1.flows, own] }
    const port = topologyFromObservations([...cloud.input.observations.values()]).ports.find(({ id }) => id === ports.web1)
    expect(port).toMatchObject({ isPortSecurityEnabled: true, fixedIps: [{ ipAddress: '10.0.0.5' }] })
  })

  it('knows the address of a VM from the hybrid firewall alone', () => {
    const cloud = neutronised('vxlan').change('cmp1', 'flows', (each) => (each.table === 24 || each.table === 25 ? null : each))
    const rules = [`-s 10.0.0.5/32 -m mac --mac-source ${macs.web1.toUpperCase()} -m comment --comment "Allow" -j RETURN`, '-j DROP']
    cloud.states.cmp1 = {
      ...cloud.states.cmp1,
      iptables: [{ netns: '', family: 'ipv4', table: 'filter', chain: 'neutron-openvswi-s9f9c98cb-1', policy: null, rules }],
    }
    const port = topologyFromObservations([...cloud.input.observations.values()]).ports.find(({ id }) => id === ports.web1)
    expect(port).toMatchObject({ isPortSecurityEnabled: true, fixedIps: [{ ipAddress: '10.0.0.5' }] })
  })

  it('takes the metadata address of a DHCP port for none of its own, though it comes first', () => {
    const cloud = neutronised('vxlan')
    const host = (Object.keys(cloud.states) as ('cmp1' | 'cmp2')[]).find((name) => cloud.states[name].namespaces.length > 0)!
    const metadata = { netns: dhcpNamespace(networkId), link: tapName(ports.dhcp), cidr: '169.254.169.254/32' }
    cloud.states[host] = { ...cloud.states[host], addresses: [metadata, ...cloud.states[host].addresses] }
    const port = topologyFromObservations([...cloud.input.observations.values()]).ports.find(({ id }) => id === ports.dhcp)
    expect(port?.fixedIps.map(({ ipAddress }) => ipAddress)).toEqual(['10.0.0.2'])
  })

  it.each<[string, (port: OvsPort) => OvsPort]>([
    [
      'an id that is none',
      (port) => ({
        ...port,
        interface: { ...port.interface, externalIds: { ...port.interface.externalIds, 'iface-id': 'a,actions=drop' } },
      }),
    ],
    [
      'a MAC that is none',
      (port) => ({ ...port, interface: { ...port.interface, externalIds: { ...port.interface.externalIds, 'attached-mac': 'ff:ff' } } }),
    ],
    ['a network that is none', (port) => ({ ...port, otherConfig: { ...port.otherConfig, net_uuid: 'br-int,in_port=1' } })],
  ])('takes %s for no port of Neutron', (_, edit) => {
    const cloud = neutronised('vxlan').change('cmp1', 'ovsPorts', (each) => (each.name === qvoName(ports.web1) ? edit(each) : each))
    expect(topologyFromObservations([...cloud.input.observations.values()]).ports.map(({ id }) => id)).not.toContain(ports.web1)
  })

  it.each(['5000000', '-3', 'x', '4095'])('takes %s for no VLAN id, and draws what there is', (segmentation) => {
    const cloud = neutronised('vlan')
    for (const host of ['cmp1', 'cmp2'] as const)
      cloud.change(host, 'ovsPorts', (each) =>
        each.otherConfig['segmentation_id'] ? { ...each, otherConfig: { ...each.otherConfig, segmentation_id: segmentation } } : each,
      )
    expect(topologyFromObservations([...cloud.input.observations.values()]).networks[0]!.segmentationId).toBeNull()
    expect(isPath(computeObservedPath(cloud.input.observations, ports.web1, ports.web2))).toBe(true)
  })

  it('takes nothing that is no address for one', () => {
    const rules = [`-s 10.0.0.999/32 -m mac --mac-source ${macs.web1} -j RETURN`]
    const cloud = neutronised('vxlan').change('cmp1', 'flows', (each) => (each.table === 24 ? null : each))
    cloud.states.cmp1 = {
      ...cloud.states.cmp1,
      iptables: [{ netns: '', family: 'ipv4', table: 'filter', chain: 'neutron-openvswi-s9f9c98cb-1', policy: null, rules }],
    }
    expect(topologyFromObservations([...cloud.input.observations.values()]).ports.find(({ id }) => id === ports.web1)?.fixedIps).toEqual([])
    expect(isPath(computeObservedPath(cloud.input.observations, ports.web1, ports.web2))).toBe(true)
  })
})
