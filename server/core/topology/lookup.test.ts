import { describe, expect, it } from 'vitest'
import { findById, mapChanged } from './find'
import {
  dhcpPortsOf,
  lookupBy,
  portsOfNetwork,
  portsOfSubnet,
  portsWithAddress,
  portsWithMac,
  subnetsOfNetwork,
  vmOfPort,
  vmsOnHost,
} from './lookup'
import { makeSample } from './testing/sample'

const { draft, blue, cmp1 } = makeSample()
const { ports, subnets, vms, networks } = draft.topology
const isDhcp = ({ deviceOwner }: { readonly deviceOwner: string }) => deviceOwner === 'network:dhcp'

describe('what is looked up is what a search would find', () => {
  it.each(networks)('in network $name', ({ id }) => {
    const inIt = ports.filter(({ networkId }) => networkId === id)
    expect(portsOfNetwork(ports, id)).toEqual(inIt)
    expect(dhcpPortsOf(ports, id)).toEqual(inIt.filter(isDhcp))
    expect(subnetsOfNetwork(subnets, id)).toEqual(subnets.filter(({ networkId }) => networkId === id))
  })

  it.each(ports)('of port $macAddress', (port) => {
    expect(portsWithMac(ports, port.networkId, port.macAddress)).toEqual([port])
    expect(portsWithAddress(ports, port.fixedIps[0]!)).toEqual([port])
    expect(portsOfSubnet(ports, port.fixedIps[0]!.subnetId)).toContain(port)
    expect(vmOfPort(vms, port.id)).toBe(vms.find(({ portIds }) => portIds.includes(port.id)) ?? null)
    expect(findById(ports, port.id)).toBe(port)
  })

  it('of a host', () => expect(vmsOnHost(vms, cmp1).map(({ name }) => name)).toEqual(['web-1']))

  it('and nothing where there is nothing', () => {
    expect(portsOfNetwork(ports, 'nowhere')).toEqual([])
    expect(vmOfPort(vms, 'nowhere')).toBeNull()
    expect([findById(ports, 'nowhere'), findById(ports, null), findById([], blue)]).toEqual([null, null, null])
  })
})

it('of two with one id or key the first is meant, and both are told in their order', () => {
  const [first, second] = [
    { id: 'a', name: 'first' },
    { id: 'a', name: 'second' },
  ]
  expect(findById([first, second], 'a')).toBe(first)
  expect(lookupBy<typeof first>(({ id }, add) => add(id))([first, second], 'a')).toEqual([first, second])
})

it('a list in which nothing changes stays the same list', () => {
  expect(mapChanged(ports, (port) => port)).toBe(ports)
  expect(mapChanged(ports, (port) => (port === ports[0] ? { ...port } : port))).not.toBe(ports)
})
