import { describe, expect, it } from 'vitest'

import { changedSince } from '@/components/lib/changed-fields'
import { indexTopology } from '@/components/lib/topology-index'
import { relatedGroups } from '@/components/networks/related-objects'
import { createFloatingIp } from '@/server/core/topology/kinds/floating-ip/floating-ip-edits'
import { floatingIpInput } from '@/server/core/topology/kinds/floating-ip/floating-ip-input'
import { createPort } from '@/server/core/topology/kinds/port/port-edits'
import { portInput } from '@/server/core/topology/kinds/port/port-input'
import { addInterface } from '@/server/core/topology/kinds/router/router-interfaces'
import { makeSample } from '@/server/core/topology/testing/sample'

import {
  addressOptions,
  floatingIpValues,
  onlyAddress,
  portOptions,
  toFloatingIpInput,
  toFloatingIpPatch,
} from './forms/floating-ip-values'
import { checkNewForwarding, forwardingValues, newForwarding, toForwardingInput, toForwardingPatch } from './forms/forwarding-values'
import { forwardingRows } from './forwarding-rows'
import { floatingIpRows } from './floating-ip-rows'

const { draft, demo, blue, blueSubnet, green, physnet1, web1, web2 } = makeSample()
const outside = draft.network({ projectId: demo, name: 'outside', type: 'flat', physicalNetworkId: physnet1, isExternal: true })
draft.subnet({ networkId: outside, name: 'outside-v4', cidr: '203.0.113.0/24', isDhcpEnabled: false })
const far = draft.router({ projectId: demo, name: 'far', gateway: { networkId: outside } })
draft.make(addInterface(far, { subnetId: blueSubnet }, draft.ids))
const port = (networkId: string, name: string, addresses: readonly string[]) =>
  draft.make(
    createPort(
      portInput.parse({ networkId, name, fixedIps: addresses.map((ipAddress) => ({ subnetId: blueSubnet, ipAddress })) }),
      draft.ids,
    ),
  ).id
const twice = port(blue, 'twice', ['10.0.1.50', '10.0.1.51'])
draft.make(createPort(portInput.parse({ networkId: green, name: 'apart' }), draft.ids))
const portOf = (vmId: string) => draft.topology.vms.find(({ id }) => id === vmId)!.portIds[0]!
const float = (input: Record<string, unknown>) =>
  draft.make(createFloatingIp(floatingIpInput.parse({ projectId: demo, networkId: outside, ...input }), draft.ids)).id
const led = float({ ipAddress: '203.0.113.9', fixedPortId: portOf(web1) })
float({ ipAddress: '203.0.113.10' })
const shared = float({ ipAddress: '203.0.113.11' })
const web = draft.forwarding({ floatingIpId: shared, protocol: 'tcp', externalPort: 8080, internalPortId: portOf(web2), internalPort: 80 })
const second = float({ fixedPortId: twice, fixedIpAddress: '10.0.1.51' })

const index = indexTopology(draft.topology, [])

describe('the table of floating IPs', () => {
  const shown = (filter: string, routerId?: string) =>
    floatingIpRows(index, filter, routerId).map(({ address, fixedPort, router, host }) => [
      address,
      fixedPort?.id ?? null,
      router?.name,
      host?.name,
    ])

  it('has whom each leads to, by which router, and where it is translated', () =>
    expect(shown('')).toEqual([
      ['203.0.113.3', twice, 'far', 'net1'],
      ['203.0.113.9', portOf(web1), 'far', 'net1'],
      ['203.0.113.10', null, undefined, undefined],
      ['203.0.113.11', null, 'far', 'net1'],
    ]))

  it.each([
    ['web-1', ['203.0.113.9']],
    ['10.0.1.51', ['203.0.113.3']],
    ['far', ['203.0.113.3', '203.0.113.9', '203.0.113.11']],
    ['web-2', ['203.0.113.11']],
    [':8080', ['203.0.113.11']],
    ['nowhere', []],
  ])('finds %j', (filter, found) => expect(shown(filter).map(([address]) => address)).toEqual(found))

  it('of one router has its own', () => expect(shown('', far)).toHaveLength(3))
})

describe('whom one may lead to', () => {
  it('are ports with a way out by its network, not those of the network itself', () => {
    const offered = portOptions(index, outside, '').map(({ value }) => value)
    expect(new Set(offered)).toEqual(new Set([portOf(web1), portOf(web2), twice]))
    expect(portOptions(index, green, '')).toEqual([])
  })

  it('with several addresses one is chosen, and says when it has one already', () => {
    expect(addressOptions(index, index.port(twice)!, outside).map(({ label }) => label)).toEqual([
      '10.0.1.50',
      '10.0.1.51, has 203.0.113.3',
    ])
    expect([twice, portOf(web1), ''].map((id) => onlyAddress(index.port(id)))).toEqual(['', '10.0.1.3', ''])
  })
})

it('what is left empty is left to the server; leading nowhere takes the address along', () => {
  const values = { projectId: demo, networkId: outside, ipAddress: ' ', fixedPortId: '', fixedIpAddress: '10.0.1.2', description: '' }
  expect(toFloatingIpInput(values)).toEqual({
    projectId: demo,
    networkId: outside,
    ipAddress: null,
    fixedPortId: null,
    fixedIpAddress: null,
    description: '',
  })
  const stored = floatingIpValues(draft.topology.floatingIps.find(({ id }) => id === led)!)
  expect(changedSince(toFloatingIpPatch(stored), toFloatingIpPatch({ ...stored, fixedPortId: '' }))).toEqual({
    fixedPortId: null,
    fixedIpAddress: null,
    seen: { fixedPortId: portOf(web1), fixedIpAddress: '10.0.1.3' },
  })
})

describe('single ports of one', () => {
  it('are told with their ends', () =>
    expect(forwardingRows(index, shared)).toEqual([
      { id: web, outside: '8080/tcp', name: 'web-2 eth0', portId: portOf(web2), inside: '10.0.1.4:80', description: '' },
    ]))

  it('are told at the port and the VM there', () =>
    expect([portOf(web2), web2].map((id) => relatedGroups(index, index.objects.get(id)!).get('Port forwardings'))).toMatchObject(
      Array(2).fill([{ name: '203.0.113.11:8080/tcp', detail: '10.0.1.4:80', href: `/floating-ips?sel=${web}` }]),
    ))

  it('are sent as the API takes them, and only what was changed', () => {
    const stored = forwardingValues(draft.topology.portForwardings.find(({ id }) => id === web)!)
    expect(toForwardingInput(stored)).toMatchObject({ floatingIpId: shared, protocol: 'tcp', externalPort: 8080, internalPort: 80 })
    expect(changedSince(toForwardingPatch(stored), toForwardingPatch({ ...stored, internalPort: 81 }))).toEqual({
      internalPort: 81,
      seen: { internalPort: 80 },
    })
    expect(checkNewForwarding(newForwarding(shared), newForwarding(shared)).map(({ field }) => field)).toEqual([
      'internalPortId',
      'externalPort',
      'internalPort',
    ])
  })
})

it('its port, the port it leads to and the VM there tell of it', () => {
  const groups = (id: string) => [...(relatedGroups(index, index.objects.get(id)!).get('Floating IPs') ?? [])].map(({ name }) => name)
  expect([portOf(web1), web1, far, twice].map(groups)).toEqual([
    ['203.0.113.9'],
    ['203.0.113.9'],
    ['203.0.113.9', '203.0.113.11', '203.0.113.3'],
    ['203.0.113.3'],
  ])
  expect([...relatedGroups(index, index.objects.get(second)!).keys()]).toEqual([
    'Leads to',
    'Router',
    'Host',
    'Network',
    'Project',
    'Own port',
  ])
})
