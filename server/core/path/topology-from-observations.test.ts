import { describe, expect, it } from 'vitest'
import type { OvsPort } from '../host/ovs'
import type { NetworkType } from '../topology/topology'
import { computePath, isPath } from './compute-path'
import { Cloud, networkId, ports } from './testing/cloud'
import { computeObservedPath, topologyFromObservations } from './topology-from-observations'

const vmOf = { web1: '0a000000-0000-4000-8000-000000000001', web2: '0a000000-0000-4000-8000-000000000002' }

/** What Neutron and nova write beside what our own cloud has. */
function neutronised(type: NetworkType, datapathType: 'system' | 'netdev' = 'system'): Cloud {
  const cloud = new Cloud({ type, datapathType })
  for (const host of ['cmp1', 'cmp2'] as const) {
    cloud.change(host, 'ovsPorts', (each): OvsPort => {
      const id = each.interface.externalIds['iface-id']
      if (!id) return each
      const segmentation: Record<string, string> = type === 'flat' ? {} : { segmentation_id: type === 'vlan' ? '120' : '100' }
      const vm: Record<string, string> = id === ports.web1 ? { 'vm-uuid': vmOf.web1 } : id === ports.web2 ? { 'vm-id': vmOf.web2 } : {}
      return {
        ...each,
        otherConfig: { ...each.otherConfig, physical_network: type === 'vxlan' ? 'None' : 'physnet1', ...segmentation },
        interface: { ...each.interface, externalIds: { ...each.interface.externalIds, ...vm } },
      }
    })
  }
  return cloud
}

describe('a topology derived from observation', () => {
  it.each<[NetworkType, 'system' | 'netdev']>([['flat', 'system'], ['vlan', 'system'], ['vxlan', 'system'], ['vxlan', 'netdev']])(
    '%s, %s: draws the path that the design would',
    (type, datapathType) => {
      const cloud = neutronised(type, datapathType)
      const derived = computeObservedPath(cloud.input.observations, ports.web1, ports.web2)
      const designed = computePath(cloud.input, ports.web1, ports.web2)
      if (!isPath(derived) || !isPath(designed)) throw new Error('no path')
      const shape = ({ id, device, lane, encapsulation, proof, linkToNext }: (typeof derived.hops)[number]) => ({ id: lane === 'vm' || lane === 'wire' ? lane : id, device, encapsulation, proof, linkToNext })
      expect(derived.hops.map(shape)).toEqual(designed.hops.map(shape))
      expect(new Set(derived.hops.map(({ intent }) => intent))).toEqual(new Set(['unchecked']))
      expect(derived.verdict).toBeNull()
    },
  )

  it('finds ports, addresses, VMs and local VLANs', () => {
    const topology = topologyFromObservations([...neutronised('vlan').input.observations.values()])
    expect(topology.networks).toEqual([
      { id: networkId, projectId: '', name: '11111111', type: 'vlan', physicalNetworkId: 'physnet1', segmentationId: 120, mtu: 1500, isAdminStateUp: true },
    ])
    expect(topology.ports.map(({ id, deviceOwner, fixedIps }) => [id, deviceOwner, fixedIps[0]?.ipAddress])).toEqual([
      [ports.web1, 'compute:nova', '10.0.0.5'],
      [ports.dhcp, 'network:dhcp', '10.0.0.2'],
      [ports.web3, 'compute:nova', '10.0.0.7'],
      [ports.web2, 'compute:nova', '10.0.0.6'],
    ])
    expect(topology.vms.map(({ name, hostId }) => [name, hostId])).toEqual([['web1', 'cmp1'], ['web2', 'cmp2']])
    expect(topology.localVlans).toEqual([{ hostId: 'cmp1', networkId, vlan: 3 }, { hostId: 'cmp2', networkId, vlan: 7 }])
    expect(topology.hosts[0]?.bridgeMappings).toEqual([{ physicalNetworkId: 'physnet1', bridge: 'br-ens38', nic: 'ens38' }])
  })

  it('still finds what contradicts itself', () => {
    const cloud = neutronised('vxlan').change('cmp1', 'ovsPorts', (each) => (each.name === 'qvo9f9c98cb-13' ? { ...each, otherConfig: { ...each.otherConfig, tag: '8' } } : each))
    const path = computeObservedPath(cloud.input.observations, ports.web1, ports.web2)
    expect(isPath(path) && path.verdict?.sentence).toBe('qvo9f9c98cb-13 has tag 3 but other_config:tag 8')
  })
})
