// Whatever a port forwarding may not be, and what it holds, with the sentence that says so.

import { describe, expect, it } from 'vitest'
import { explainViolation } from '../../../explain/violation'
import type { TopologyEdit } from '../../edit'
import { checkTopology } from '../../testing/check-topology'
import { makeSample } from '../../testing/sample'
import { floatingIpEdits } from '../floating-ip/floating-ip-edits'
import { createPort, updatePort } from '../port/port-edits'
import { updateRouter } from '../router/router-edits'
import { addInterface, removeInterface } from '../router/router-interfaces'
import { portForwardingEdits } from './port-forwarding-edits'
import { portForwardingInput, type PortForwardingPatch } from './port-forwarding-input'

const { draft, demo, physnet1, blue, blueSubnet, green, greenSubnet, web1, web2 } = makeSample()
const { ids } = draft
const deps = { ids, now: '2026-01-01T00:00:00.000Z' }
const anId = '99999999-9999-4999-8999-999999999999'

const outside = draft.network({ projectId: demo, name: 'outside', type: 'vlan', physicalNetworkId: physnet1, isExternal: true })
draft.subnet({ networkId: outside, name: 'outside-subnet', cidr: '203.0.113.0/24', isDhcpEnabled: false })
const plain = draft.network({ projectId: demo, name: 'plain', type: 'vxlan' })
draft.subnet({ networkId: plain, name: 'plain-subnet', cidr: '10.40.0.0/24', isDhcpEnabled: false })
const edge = draft.router({ projectId: demo, name: 'edge', gateway: { networkId: outside } })
draft.make(addInterface(edge, { subnetId: blueSubnet }, ids))
const spread = draft.router({ projectId: demo, name: 'spread', isDistributed: true, gateway: { networkId: outside, isSnatEnabled: false } })
draft.make(addInterface(spread, { subnetId: greenSubnet }, ids))

const portIn = (networkId: string, name: string, fixedIps?: { subnetId: string; ipAddress?: string }[]) =>
  draft.make(createPort({ networkId, name, ...(fixedIps && { fixedIps }) }, ids)).id
const nicOf = (vmId: string) => draft.topology.vms.find(({ id }) => id === vmId)!.portIds[0]!
const [one, other] = [nicOf(web1), nicOf(web2)]
const twice = portIn(blue, 'twice', [{ subnetId: blueSubnet }, { subnetId: blueSubnet }])
const nameless = portIn(blue, 'nameless', [])
const far = portIn(plain, 'far')
const led = portIn(green, 'led', [{ subnetId: greenSubnet, ipAddress: '10.0.2.50' }])
const shown = portIn(green, 'shown', [{ subnetId: greenSubnet, ipAddress: '10.0.2.60' }])
const free = portIn(blue, 'free', [{ subnetId: blueSubnet, ipAddress: '10.0.1.70' }])

const float = (input: object) => draft.floatingIp({ projectId: demo, networkId: outside, ...input })
const shared = float({ ipAddress: '203.0.113.50' })
const green1 = float({ ipAddress: '203.0.113.60' })
const idle = float({ ipAddress: '203.0.113.70' })
const whole = float({ ipAddress: '203.0.113.80', fixedPortId: led })
float({ ipAddress: '203.0.113.81', fixedPortId: other })
const web = draft.forwarding({ floatingIpId: shared, protocol: 'tcp', externalPort: 8080, internalPortId: one, internalPort: 80 })
const ssh = draft.forwarding({ floatingIpId: shared, protocol: 'tcp', externalPort: 2222, internalPortId: free, internalPort: 22 })
draft.forwarding({ floatingIpId: green1, protocol: 'udp', externalPort: 53, internalPortId: shown, internalPort: 5353 })

const dhcp = draft.topology.ports.find(({ deviceOwner, networkId }) => deviceOwner === 'network:dhcp' && networkId === blue)!.id
const broken = (edit: TopologyEdit<unknown>) =>
  draft.violations(edit).map((violation) => [violation.rule, violation.field, explainViolation(violation)])

type Row = readonly [string, TopologyEdit<unknown>, readonly (string | null)[]]
const create = (changes: object) =>
  portForwardingEdits.create.edit(
    portForwardingInput.parse({
      floatingIpId: shared,
      protocol: 'tcp',
      externalPort: 9000,
      internalPortId: one,
      internalPort: 9000,
      ...changes,
    }),
    deps,
  )
const update = (id: string, patch: PortForwardingPatch) => portForwardingEdits.update.edit(id, patch, deps)
const associate = (id: string, fixedPortId: string) => floatingIpEdits.update.edit(id, { fixedPortId }, deps)

const WEB = '"203.0.113.50:8080 → web-1 10.0.1.3:80/tcp"'
const SSH = '"203.0.113.50:2222 → free 10.0.1.70:22/tcp"'
const DNS = '"203.0.113.60:53 → shown 10.0.2.60:5353/udp"'
const RANGE = 'A port is a whole number from 1 to 65535.'

it('the design that they are tried on breaks no rule', () => expect(checkTopology(draft.topology)).toEqual([]))

describe('its ends', () => {
  it.each<Row>([
    [
      'of no floating IP',
      create({ floatingIpId: anId }),
      ['known-object', 'floatingIpId', 'This floating IP does not exist, or no longer.'],
    ],
    [
      'of one that leads to a port as a whole',
      create({ floatingIpId: whole }),
      [
        'port-forwarding-associated',
        'floatingIpId',
        'Floating IP 203.0.113.80 leads to "led" as a whole. Lead it nowhere first, or choose another one.',
      ],
    ],
    ['port 0 of it', create({ externalPort: 0 }), ['port-forwarding-port-range', 'externalPort', RANGE]],
    ['one port too many', create({ externalPort: 65_536 }), ['port-forwarding-port-range', 'externalPort', RANGE]],
    ['less than a port', create({ internalPort: -1 }), ['port-forwarding-port-range', 'internalPort', RANGE]],
    ['more than a port', update(web, { internalPort: 70_000 }), ['port-forwarding-port-range', 'internalPort', RANGE]],
    [
      'to no port that there is',
      create({ internalPortId: anId }),
      ['known-object', 'internalPortId', 'This port does not exist, or no longer.'],
    ],
    [
      'to a DHCP server',
      create({ internalPortId: dhcp }),
      [
        'floating-ip-port-owner',
        'internalPortId',
        '"DHCP of blue" belongs to the network itself; a floating IP leads to a port of a VM, or to one that is free.',
      ],
    ],
    [
      'to a port without address',
      create({ internalPortId: nameless }),
      ['floating-ip-port-address', 'internalPortId', '"nameless" has no address for a floating IP to lead to.'],
    ],
    [
      'to one with several',
      create({ internalPortId: twice }),
      ['floating-ip-port-address', 'internalIpAddress', '"twice" has 2 addresses; choose the one that the floating IP leads to.'],
    ],
    [
      'to an address of another port',
      create({ internalIpAddress: '10.0.1.70' }),
      ['floating-ip-fixed-address', 'internalIpAddress', '10.0.1.70 is no address of "web-1 eth0".'],
    ],
    [
      'to another port, by the address that it had',
      update(web, { internalPortId: free, internalIpAddress: '10.0.1.3' }),
      ['floating-ip-fixed-address', 'internalIpAddress', '10.0.1.3 is no address of "free".'],
    ],
    [
      'without a router on the way',
      create({ internalPortId: far }),
      [
        'floating-ip-route',
        'internalPortId',
        'No router leads from the subnet of 10.40.0.2 of "far" out by "outside": give one an interface there, and its gateway in "outside".',
      ],
    ],
    [
      'by another router than the rest of its floating IP',
      create({ internalPortId: shown }),
      [
        'port-forwarding-router',
        'internalPortId',
        'The ports of floating IP 203.0.113.50 are forwarded by router "edge", which has no interface in the subnet of 10.0.2.60 of "shown".',
      ],
    ],
    [
      'from what is forwarded',
      create({ externalPort: 8080 }),
      ['port-forwarding-external-unique', 'externalPort', `203.0.113.50:8080/tcp is forwarded already: ${WEB}.`],
    ],
    [
      'from what is forwarded, later',
      update(ssh, { externalPort: 8080 }),
      ['port-forwarding-external-unique', 'externalPort', `203.0.113.50:8080/tcp is forwarded already: ${WEB}.`],
    ],
    [
      'to where it leads already',
      create({ internalPort: 80 }),
      ['port-forwarding-internal-unique', 'internalPort', `Floating IP 203.0.113.50 leads there by another port already: ${WEB}.`],
    ],
    [
      'of a distributed router, to an address with a floating IP of its own',
      create({ floatingIpId: green1, internalPortId: led }),
      [
        'port-forwarding-own-floating-ip',
        'internalPortId',
        '10.0.2.50 of "led" has a floating IP of its own, 203.0.113.80: its replies would leave router "spread", which is distributed, on its own host and untranslated. Lead that elsewhere first.',
      ],
    ],
    [
      'of which somebody else has changed the port',
      update(web, { internalPort: 81, seen: { internalPort: 8 } }),
      [
        'changed-meanwhile',
        'internalPort',
        'Somebody else has changed this meanwhile: internal port was 8, and is 80 now. Start again from what is there now.',
      ],
    ],
    ['that is not there', update(anId, {}), ['known-object', 'id', 'This port forwarding does not exist, or no longer.']],
  ])('%s', (_, edit, expected) => expect(broken(edit)).toEqual([expected]))

  it.each<[string, TopologyEdit<unknown>]>([
    ['the same port of another protocol', create({ protocol: 'udp', externalPort: 8080, internalPort: 80 })],
    ['the same end by another floating IP', create({ floatingIpId: idle, internalPort: 80 })],
    ['one of two addresses, by name', create({ internalPortId: twice, internalIpAddress: addressesOf(twice)[1] })],
    ['a VM with a floating IP of its own, where the router is in one place', create({ internalPortId: other })],
    ['its own port and end again', update(web, { externalPort: 8080, internalPort: 80 })],
    ['the first and the last port', create({ externalPort: 1, internalPort: 65_535 })],
  ])('may be %s', (_, edit) => expect(broken(edit)).toEqual([]))
})

describe('what it holds', () => {
  it.each<Row>([
    [
      'its floating IP from leading to a port',
      associate(shared, portIn(blue, 'spare')),
      [
        'floating-ip-port-forwardings',
        'fixedPortId',
        `Floating IP 203.0.113.50 has port forwardings, and so leads to no port as a whole: ${SSH} and ${WEB}. Remove them first.`,
      ],
    ],
    [
      'its floating IP',
      floatingIpEdits.remove(shared, deps),
      ['floating-ip-forwards', null, `Floating IP 203.0.113.50 still has port forwardings: ${SSH} and ${WEB}.`],
    ],
    [
      'its address from having a floating IP of its own, by a distributed router',
      associate(idle, shown),
      [
        'floating-ip-forwarded-address',
        'fixedPortId',
        `Ports are forwarded to 10.0.2.60 of "shown": ${DNS}. With a floating IP of its own its replies would leave router "spread", which is distributed, on its own host and untranslated. Remove them first.`,
      ],
    ],
    [
      'the address that it leads to',
      updatePort(free, { fixedIps: [{ subnetId: blueSubnet, ipAddress: '10.0.1.71' }] }, ids),
      ['address-port-forwarding', 'fixedIps', `10.0.1.70 stays: the port forwarding ${SSH} leads to it.`],
    ],
    [
      'that port from a router',
      addInterface(spread, { portId: free }, ids),
      ['router-interface-port-forwarded', 'portId', `Ports are forwarded to "free": ${SSH}. Remove them first.`],
    ],
    [
      'the interface that it is led through',
      removeInterface(spread, { subnetId: greenSubnet }, ids),
      [
        'router-interface-forwardings',
        'subnetId',
        `Port forwardings of router "spread" lead through this interface: ${DNS}. Remove them first.`,
      ],
    ],
    [
      'the gateway of its router',
      updateRouter(edge, { gateway: null }, ids),
      [
        'router-gateway-in-use',
        'gateway.networkId',
        'Router "edge" leads out by "outside" as long as it has floating IPs there: "203.0.113.50" and "203.0.113.81".',
      ],
    ],
  ])('%s', (_, edit, expected) => expect(broken(edit)).toContainEqual(expected))

  it('its router in one place, where replies would leave by another floating IP', () => {
    const both = portForwardingEdits.create.edit(
      portForwardingInput.parse({ floatingIpId: idle, protocol: 'tcp', externalPort: 80, internalPortId: other, internalPort: 80 }),
      deps,
    )(draft.topology)
    const topology = both.ok ? both.topology : draft.topology
    const outcome = updateRouter(edge, { isDistributed: true, gateway: { networkId: outside, isSnatEnabled: false } }, ids)(topology)
    expect(outcome.ok ? [] : outcome.violations.map(({ rule, objects }) => [rule, objects])).toEqual([
      ['router-distributed-forwardings', ['203.0.113.81', '203.0.113.70:80 → web-2 10.0.1.4:80/tcp']],
    ])
  })
})

it('no router that leads out by gateways, nor does such a one get any', () => {
  const { topology } = draft
  const byGateways = {
    ...topology,
    routers: topology.routers.map((each) => (each.id === spread ? { ...each, floatingIpMode: 'gateway' as const } : each)),
  }
  const rules = checkTopology(byGateways).map(({ rule, field }) => [rule, field])
  expect(rules).toContainEqual(['router-gateway-mode-forwardings', 'floatingIpMode'])
  expect(rules).toContainEqual(['port-forwarding-gateway-mode', 'floatingIpId'])
})

function addressesOf(portId: string): readonly string[] {
  return draft.topology.ports.find(({ id }) => id === portId)!.fixedIps.map(({ ipAddress }) => ipAddress)
}
