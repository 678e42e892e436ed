import { describe, expect, it } from 'vitest'

import { nestedTopology } from '@/server/core/testing/sample-nested'
import { ids } from '@/server/core/testing/sample-topology'
import type { Host } from '@/server/core/topology/kinds/host/host'
import type { Topology } from '@/server/core/topology/topology'

import { freeWires, whyNoUplink } from './uplink-choices'

const topology = nestedTopology()
const vmNamed = (name: string) => topology.vms.find((vm) => vm.name === name)!
const names = (vm: string, all: Topology = topology) => freeWires(all, vmNamed(vm)).map(({ name }) => name)
const withHost = (changes: Partial<Host>): Topology => ({
  ...topology,
  hosts: topology.hosts.map((host) => (host.id === ids.host(2) ? { ...host, ...changes } : host)),
})

describe('a VM', () => {
  it('can have an uplink to each wire its host is mapped to', () =>
    expect([names('flat-1'), whyNoUplink(topology, vmNamed('flat-1'))]).toEqual([['physnet1'], null]))
  it('has one per wire', () =>
    expect([names('vlan-1'), whyNoUplink(topology, vmNamed('vlan-1'))]).toEqual([[], 'The VM has an uplink to every wire of its host.']))
  it('of an inner cloud can nest once more', () => expect(names('inner-1')).toEqual(['inner']))
  it.each([
    [{ bridgeMappings: [] }, /no bridge to a physical network/],
    [{ agentKind: 'linuxbridge' as const }, /Linux bridge agent/],
  ])('is told why it cannot: %j', (changes, reason) => expect(whyNoUplink(withHost(changes), vmNamed('flat-1'))).toMatch(reason))
})
