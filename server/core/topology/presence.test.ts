import { describe, expect, it } from 'vitest'
import { ids, sampleTopology } from '../testing/sample-topology'
import { indexPresence, type Placement, presenceOf } from './presence'
import type { Topology } from './topology'

const topology = sampleTopology({ networks: [1, 3] })
const names = (hosts: readonly { readonly id: string }[]) => hosts.map(({ id }) => id)

describe('presence', () => {
  it('follows the binding of ports', () => {
    const presence = presenceOf(topology)
    for (const port of topology.ports) {
      expect(names(presence.hostsOfPort(port.id))).toEqual(port.hostId === null ? [] : [port.hostId])
      for (const { id } of topology.hosts) expect(presence.isOn(port.id, id)).toBe(port.hostId === id)
    }
    for (const { id } of topology.hosts) expect(presence.portsOn(id)).toEqual(topology.ports.filter(({ hostId }) => hostId === id))
  })

  it('a network is where a port of it is, a DHCP server where its port is', () => {
    const presence = presenceOf(topology)
    for (const network of topology.networks) {
      const ports = topology.ports.filter(({ networkId }) => networkId === network.id)
      const on = (some: typeof ports) => topology.hosts.filter(({ id }) => some.some(({ hostId }) => hostId === id)).map(({ id }) => id)
      expect(presence.portsOfNetwork(network.id)).toEqual(ports)
      expect(names(presence.hostsOfNetwork(network.id))).toEqual(on(ports))
      expect(names(presence.dhcpHostsOf(network.id))).toEqual(on(ports.filter(({ deviceOwner }) => deviceOwner === 'network:dhcp')))
      for (const { id } of topology.hosts) expect(presence.networksOn(id).has(network.id)).toBe(on(ports).includes(id))
    }
  })

  it('a port may stand on many hosts: the networks come with it', () => {
    const everywhere: Placement = (_, { hosts }) => hosts.map(({ id }) => id)
    const bound: Placement = ({ hostId }) => (hostId === null ? [] : [hostId])
    const spread = ids.port(3, 2)
    const presence = indexPresence(topology, (port) => (port.id === spread ? everywhere : bound))
    const port = topology.ports.find(({ id }) => id === spread)!
    expect(names(presence.hostsOfPort(spread))).toEqual(topology.hosts.map(({ id }) => id))
    for (const { id } of topology.hosts) {
      expect(presence.portsOn(id)).toContain(port)
      expect(presence.networksOn(id)).toContain(port.networkId)
    }
  })

  it('a distributed router of somebody else is where it was found, one of the design where it serves', () => {
    const { networkId, ...port } = topology.ports.find(({ id }) => id === ids.port(3, 2))!
    const deviceOwner = 'network:router_interface_distributed' as const
    const qr = { ...port, networkId, id: 'qr', hostId: null, deviceOwner, deviceId: 'router' }
    const found = { ...qr, id: 'found', deviceId: 'theirs', distributedOn: [ids.host(1)] }
    const presence = presenceOf({ ...topology, ports: [...topology.ports, qr, found] })
    const served = topology.ports.filter((each) => each.networkId === networkId)
    expect(new Set(names(presence.hostsOfPort('qr')))).toEqual(new Set(served.flatMap(({ hostId }) => hostId ?? [])))
    expect(names(presence.hostsOfPort('found'))).toEqual([ids.host(1)])
  })

  it('knows nothing of what is not there, and one index serves one topology', () => {
    const empty: Topology = { ...topology, ports: [] }
    expect(presenceOf(empty).hostsOfPort('x')).toEqual([])
    expect(presenceOf(empty).portsOn('x')).toEqual([])
    expect(presenceOf(topology)).toBe(presenceOf(topology))
    expect(presenceOf(empty)).not.toBe(presenceOf(topology))
  })
})
