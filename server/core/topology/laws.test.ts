// Laws over random sequences of edits: whatever operators do, in any order, the design stays lawful, complete and
// comparable. Refused edits are part of the game.

import { isDeepStrictEqual } from 'node:util'
import { describe, expect, it } from 'vitest'
import { diffTopology } from './changes'
import { topologyDigest } from './digest'
import { isFiltered } from './kinds/port/port-security'
import { isRouterPort, portsOfRouter } from './router-ports'
import { placeOf } from './presence'
import { sortTopology } from './order'
import { checkTopology } from './testing/check-topology'
import { afterAnyScript, bridge, sample } from './testing/random-edits'
import type { Topology } from './topology'

const duplicates = (values: readonly string[]): string[] => values.filter((value, index) => values.indexOf(value) < index)

describe('after any sequence of edits', () => {
  it('no rule is broken', () => afterAnyScript((topology) => expect(checkTopology(topology)).toEqual([])))

  it('nothing that was allocated collides', () =>
    afterAnyScript(({ networks, ports, localVlans, nestedUplinks, vms }) => {
      const hostOf = (vmId: string) => vms.find(({ id }) => id === vmId)?.hostId
      expect(duplicates(nestedUplinks.map(({ vmId, number }) => `${hostOf(vmId)} ${number}`))).toEqual([])
      expect(duplicates(nestedUplinks.map(({ macAddress }) => macAddress))).toEqual([])
      expect(duplicates(networks.map((network) => `${network.type} ${network.physicalNetworkId} ${network.segmentationId}`))).toEqual([])
      expect(duplicates(ports.map((port) => `${port.networkId} ${port.macAddress}`))).toEqual([])
      expect(duplicates(ports.flatMap((port) => port.fixedIps.map((fixedIp) => `${fixedIp.subnetId} ${fixedIp.ipAddress}`)))).toEqual([])
      expect(duplicates(localVlans.map((local) => `${local.hostId} ${local.vlan}`))).toEqual([])
      expect(
        duplicates([...ports, ...networks].flatMap(({ conntrackZone }) => (conntrackZone === undefined ? [] : [String(conntrackZone)]))),
      ).toEqual([])
    }))

  it('every bound port has a local VLAN, and no local VLAN is without a port', () =>
    afterAnyScript((topology) => {
      const { ports, localVlans } = topology
      const places = ports.flatMap((port) => placeOf(port, topology).map((hostId) => ({ hostId, networkId: port.networkId })))
      const needed = new Set(places.flatMap(({ hostId, networkId }) => (hostId === bridge ? [] : [`${hostId} ${networkId}`])))
      expect(new Set(localVlans.map((local) => `${local.hostId} ${local.networkId}`))).toEqual(needed)
    }))

  it('every filtered port of a VM has a zone, and every project its default group', () =>
    afterAnyScript(({ ports, projects, securityGroups }) => {
      const filtered = ports.filter((port) => isFiltered(port) && ['compute:nova', 'trunk:subport'].includes(port.deviceOwner))
      expect(filtered.filter(({ conntrackZone }) => conntrackZone === undefined)).toEqual([])
      const defaults = securityGroups.filter(({ name }) => name === 'default').map(({ projectId }) => projectId)
      expect(defaults.toSorted()).toEqual(projects.map(({ id }) => id).toSorted())
    }))

  it('every port of a router is where its router is, and no distributed one is on a Linux bridge host', () =>
    afterAnyScript((topology) => {
      const { ports, routers } = topology
      for (const { id, hostId, isDistributed } of routers)
        for (const port of portsOfRouter(ports, id)) {
          const places = placeOf(port, topology)
          const isInterface = port.deviceOwner.startsWith('network:router_interface')
          if (isDistributed && isInterface) expect([port.hostId, places.includes(bridge)]).toEqual([null, false])
          else expect([places, port.hostId]).toEqual([hostId === null ? [] : [hostId], hostId])
        }
      expect(ports.filter((port) => isRouterPort(port) && !routers.some(({ id }) => id === port.deviceId))).toEqual([])
    }))

  it('a distributed router that translates has a port of its central part in each of its subnets, on one network host, and no other router has', () =>
    afterAnyScript(({ ports, routers, hosts }) => {
      for (const { id, hostId, isDistributed, gateway } of routers) {
        const own = portsOfRouter(ports, id)
        const subnetsOf = (owner: string) =>
          own.filter(({ deviceOwner }) => deviceOwner.startsWith(owner)).flatMap(({ fixedIps }) => fixedIps.map(({ subnetId }) => subnetId))
        const isCentral = isDistributed && gateway?.isSnatEnabled === true
        expect(subnetsOf('network:router_centralized_snat').toSorted()).toEqual(
          isCentral ? subnetsOf('network:router_interface').toSorted() : [],
        )
        const host = hosts.find((each) => each.id === hostId)
        if (isCentral && host) expect([host.agentKind, host.roles.includes('network')]).toEqual(['openvswitch', true])
        if (isDistributed && !isCentral) expect(hostId).toBeNull()
      }
    }))

  it('every floating IP has its port, leads by a router or nowhere, and each host has the ports that those of distributed routers need', () =>
    afterAnyScript((topology) => {
      const { floatingIps, ports, routers } = topology
      const own = ports.filter(({ deviceOwner }) => deviceOwner === 'network:floatingip').map(({ id, deviceId }) => `${deviceId} ${id}`)
      expect(new Set(own)).toEqual(new Set(floatingIps.map(({ id, portId }) => `${id} ${portId}`)))
      for (const { fixedPortId, routerId, rulePriority } of floatingIps) {
        expect(routerId === null).toBe(fixedPortId === null)
        expect(rulePriority !== null).toBe(routers.find(({ id }) => id === routerId)?.isDistributed ?? false)
      }
      expect(duplicates(floatingIps.flatMap(({ rulePriority }) => (rulePriority === null ? [] : [String(rulePriority)])))).toEqual([])
      const needed = floatingIps.flatMap(({ networkId, fixedPortId, rulePriority }) => {
        const port = ports.find(({ id }) => id === fixedPortId)
        const isInVm = port?.deviceOwner === 'compute:nova' || port?.deviceOwner === 'trunk:subport'
        return rulePriority !== null && isInVm && port.hostId !== null ? [`${port.hostId} ${networkId}`] : []
      })
      const gateways = ports.filter(({ deviceOwner }) => deviceOwner === 'network:floatingip_agent_gateway')
      expect(gateways.map(({ hostId, networkId }) => `${hostId} ${networkId}`).toSorted()).toEqual([...new Set(needed)].toSorted())
      for (const { isDistributed, gateway, linkLocalPair } of routers)
        if (isDistributed && gateway) expect(linkLocalPair).toBeGreaterThanOrEqual(0)
      expect(duplicates(routers.flatMap(({ linkLocalPair }) => (linkLocalPair === undefined ? [] : [String(linkLocalPair)])))).toEqual([])
    }))

  it('the order is the canonical one', () => afterAnyScript((topology) => expect(sortTopology(topology)).toEqual(topology)))

  it('the difference to itself is empty, and digests tell designs apart', () =>
    afterAnyScript((topology) => {
      expect(diffTopology(topology, topology)).toEqual([])
      // By value: the order of an object's fields is nothing that anybody said.
      const plain = (each: Topology): unknown => JSON.parse(JSON.stringify(sortTopology(each)))
      const isSame = isDeepStrictEqual(plain(topology), plain(sample.draft.topology))
      expect(topologyDigest(topology) === topologyDigest(sample.draft.topology)).toBe(isSame)
    }))
})
