import { describe, expect, it } from 'vitest'

import { checkNewFloatingIp } from '@/components/floating-ips/forms/floating-ip-values'
import { accessValues, checkAccess } from '@/components/hosts/access-form'
import { checkPlace, placeValues } from '@/components/hosts/place-form'
import { checkRegistration, emptyRegistration } from '@/components/hosts/registration-form'
import { checkSettings, settingsValues } from '@/components/hosts/settings-form'
import { checkNetwork, checkNewNetwork, emptyNetwork, networkEdit } from '@/components/networks/forms/network-values'
import { checkNewPhysicalNetwork, emptyPhysicalNetwork } from '@/components/networks/forms/physical-network-values'
import { checkNewPort, checkPort, emptyPort, portValues } from '@/components/networks/forms/port-values'
import { checkNewSubnet, checkSubnet, emptySubnet, subnetValues } from '@/components/networks/forms/subnet-values'
import { checkNewGateway, emptyGateway } from '@/components/gateways/forms/gateway-values'
import { checkNewVm, checkVm, likeVm, vmValues } from '@/components/networks/forms/vm-values'
import { checkNewRules, newRule } from '@/components/security-groups/forms/rule-values'
import { checkInterface, newInterface } from '@/components/routers/forms/interface-values'
import { checkRoutesEdit } from '@/components/routers/forms/route-values'
import { checkNewRouter, checkRouterEdit, emptyRouter } from '@/components/routers/forms/router-values'
import type { ApiIssue } from '@/server/core/api-types'
import { ids, sampleTopology } from '@/server/core/testing/sample-topology'

import { fieldError, joinErrors, unplacedError } from './app-error'
import { shownIssues, type Check } from './check-form'

const networkId = ids.network(1)
const long = 'x'.repeat(4097)
const TOO_LONG = 'A text has at most 4096 characters.'

const found = <T>(check: Check<T>, values: T, initial: T = values): readonly string[] =>
  check(values, initial).map(({ field, message }) => `${field}: ${message}`)
/** What is found when this is changed of what is there. */
const foundIn = <T>(check: Check<T>, initial: T, changes: Partial<T>): readonly string[] =>
  found(check, { ...initial, ...changes }, initial)

const { networks, subnets, ports, vms, hosts } = sampleTopology()
const [network, subnet, port, vm, host] = [networks[0]!, subnets[0]!, ports[0]!, vms[0]!, hosts[0]!]
const access = { address: '192.0.2.7', port: 22, user: 'ops', authKind: 'password', privateKeyPath: null, fingerprint: null } as const
const wiring = settingsValues({ host })
const newSubnet = { ...emptySubnet, networkId, name: 'v4', cidr: '10.0.0.0/24' }
const newVm = { ...likeVm(undefined), name: 'web', diskPath: '/img/a.qcow2' }
const newHost = { ...emptyRegistration, name: 'cmp9' }
const wrongRule = { ...newRule(1, 'ingress'), traffic: 'tcp', min: 90, max: 80, remote: 'prefix', remoteIpPrefix: '10.0.0.5/24' } as const
const edit = networkEdit(network, null)
const noFloatingIp = { projectId: '', networkId: '', ipAddress: '', fixedPortId: '', fixedIpAddress: '', description: '' }

it.each<[string, readonly string[], readonly string[]]>([
  ['a network', found(checkNewNetwork, { ...emptyNetwork, projectId: ids.project, name: 'blue' }), []],
  ['a network without a project', found(checkNewNetwork, { ...emptyNetwork, name: 'blue' }), ['projectId: Choose a project.']],
  ['too long a text', found(checkNewNetwork, { ...emptyNetwork, projectId: ids.project, name: long }), [`name: ${TOO_LONG}`]],
  ['a subnet without a network', found(checkNewSubnet, { ...newSubnet, networkId: '' }), ['networkId: Choose a network.']],
  [
    'one of a list in one box',
    found(checkNewSubnet, { ...newSubnet, dnsNameservers: `9.9.9.9, ${long}` }),
    [`dnsNameservers.1: ${TOO_LONG}`],
  ],
  [
    'the end of a range of one per line',
    found(checkNewSubnet, { ...newSubnet, pools: `10.0.0.5-${long}` }),
    [`allocationPools.0.end: ${TOO_LONG}`],
  ],
  [
    'what is no range',
    found(checkNewPhysicalNetwork, { ...emptyPhysicalNetwork, name: 'physnet9', ranges: '1-' }),
    ['vlanRanges: “1-” is neither a VLAN id nor a range like 100-199.'],
  ],
  [
    'an address in no subnet',
    found(checkNewPort, { ...emptyPort, networkId, fixedIps: [{ key: 0, subnetId: '', ipAddress: '' }] }),
    ['fixedIps.0.subnetId: Choose a subnet.'],
  ],
  [
    'a VM of nobody that boots from nothing that may be sent',
    found(checkNewVm, { ...newVm, diskPath: long }),
    ['projectId: Choose a project.', `boot.path: ${TOO_LONG}`],
  ],
  ['nothing in what was not changed', foundIn(checkNetwork(network), { ...edit, name: long }, { mtu: 1400 }), []],
  ['a changed name', foundIn(checkNetwork(network), edit, { name: long }), [`name: ${TOO_LONG}`]],
  ['a changed gateway', foundIn(checkSubnet, subnetValues(subnet), { gatewayIp: long }), [`gatewayIp: ${TOO_LONG}`]],
  ['a changed MAC address', foundIn(checkPort, portValues(port), { macAddress: long }), [`macAddress: ${TOO_LONG}`]],
  ['a host that was taken away', foundIn(checkVm, vmValues(vm), { hostId: '' }), ['hostId: Choose a host.']],
  [
    'a host of which nothing is known',
    found(checkRegistration, { ...newHost, port: null, user: ' ', authKind: 'password' }),
    [
      'address: Give an address.',
      'port: An SSH port is a number from 1 to 65535.',
      'user: Give the login name.',
      'auth.password: Give the password.',
    ],
  ],
  [
    'a key file that is none',
    found(checkRegistration, { ...newHost, address: 'h', authKind: 'key-file', privateKeyPath: 'id_ed25519' }),
    ['auth.privateKeyPath: The key file is an absolute path on the console’s machine, such as /home/me/.ssh/id_ed25519.'],
  ],
  ['no secret where the stored one stays', foundIn(checkAccess(access, false), accessValues(access), { user: 'root' }), []],
  [
    'the secret that is to be replaced',
    foundIn(checkAccess(access, true), accessValues(access), {}),
    ['auth.password: Give the password.'],
  ],
  ['a changed host name', foundIn(checkPlace, placeValues(host), { name: long }), [`name: ${TOO_LONG}`]],
  [
    'a mapping of nothing',
    foundIn(checkSettings, wiring, { mappings: [{ key: 9, physicalNetworkId: '', bridge: '', nic: '' }] }),
    ['bridgeMappings.0.physicalNetworkId: Choose a physical network.'],
  ],
  [
    'what no rule allows, whatever else there is',
    found(checkNewSubnet, emptySubnet),
    ['networkId: Choose a network.', 'name: Give a name.', 'cidr: A subnet is written like 10.0.0.0/24.'],
  ],
  [
    'an address in place of a subnet, as the API reads it',
    found(checkNewSubnet, { ...newSubnet, cidr: ' 10.9.1.7/24 ' }),
    ['cidr: 10.9.1.7/24 is an address in a subnet; the subnet is 10.9.1.0/24.'],
  ],
  ['no fault in a MAC address in capitals', found(checkNewPort, { ...emptyPort, networkId, macAddress: 'FA:16:3E:00:00:01' }), []],
  [
    'an address of many',
    found(checkNewPort, { ...emptyPort, networkId, macAddress: '01:00:5e:00:00:01' }),
    ['macAddress: 01:00:5e:00:00:01 is a multicast address: its first octet is odd. A port needs a unicast one.'],
  ],
  [
    'a guest without memory, and a path that begins nowhere',
    foundIn(checkVm, vmValues(vm), { memoryMib: null, bootKind: 'disk', diskPath: 'a.qcow2' }),
    [
      'memoryMib: Memory is a whole number from 32 to 1048576 MiB.',
      'boot.path: The disk image is an absolute path on the host, such as /var/lib/images/guest.qcow2.',
    ],
  ],
  ['a router of nobody', found(checkNewRouter, emptyRouter), ['projectId: Choose a project.', 'name: Give a name.']],
  [
    'too long a gateway address',
    foundIn(checkRouterEdit, { ...emptyRouter, name: 'edge' }, { gatewayNetworkId: networkId, gatewayAddress: long }),
    [`gateway.ipAddress: ${TOO_LONG}`],
  ],
  [
    'a floating IP of nobody, in no network',
    found(checkNewFloatingIp, noFloatingIp),
    ['projectId: Choose a project.', 'networkId: Choose a network.'],
  ],
  ['an interface in no subnet', found(checkInterface, newInterface(networkId)), ['subnetId: Choose a subnet.']],
  [
    'extra routes to what is no prefix, by what is no address',
    found(checkRoutesEdit, { stored: [], rows: [{ key: 0, destination: '10.9.0.1/16', nexthop: 'there' }] }),
    [
      'routes.0.destination: 10.9.0.1/16 has host bits set; the prefix is 10.9.0.0/16.',
      'routes.0.nexthop: A next hop is an IPv4 address such as 10.0.0.254.',
    ],
  ],
  [
    'ports that are inverted, and a prefix with host bits, each at its rule',
    found(checkNewRules, { id: ids.network(1), rows: [newRule(0, 'ingress'), wrongRule] }),
    [
      'rules.1.portRangeMax: The first port, 90, is behind the last, 80.',
      'rules.1.remoteIpPrefix: 10.0.0.5/24 has host bits set; the prefix is 10.0.0.0/24.',
    ],
  ],
  [
    'a pair that is no address, and one with the MAC of many',
    foundIn(checkPort, portValues(port), {
      allowedAddressPairs: [
        { key: 0, ipAddress: 'here', macAddress: '' },
        { key: 1, ipAddress: '10.0.0.9', macAddress: '01:00:5e:00:00:01' },
      ],
    }),
    [
      'allowedAddressPairs.0.ipAddress: An address or prefix is written like 10.0.0.5, 10.0.0.0/8 or 2001:db8::/32.',
      'allowedAddressPairs.1.macAddress: 01:00:5e:00:00:01 is a multicast address: its first octet is odd. A port needs a unicast one.',
    ],
  ],
  [
    'VLAN ranges that overlap',
    found(checkNewPhysicalNetwork, { ...emptyPhysicalNetwork, name: 'physnet9', ranges: '1-10, 5-20' }),
    ['vlanRanges.1: The VLAN ranges 1–10 and 5–20 overlap.'],
  ],
  [
    'an empty gateway cluster',
    found(checkNewGateway, emptyGateway),
    [
      'networkId: Choose a network.',
      'name: Give a name.',
      'cloudId: Give a name.',
      'localAs: An AS number is a whole number from 1 to 4294967294.',
    ],
  ],
  [
    'a host with nothing to do',
    foundIn(checkPlace, placeValues(host), { isCompute: false, isNetwork: false }),
    ['roles: Give the host at least one role: compute, network or gateway.'],
  ],
  [
    'too long a description',
    foundIn(checkNetwork(network), edit, { description: 'x'.repeat(256) }),
    ['description: A description has at most 255 characters; this one has 256.'],
  ],
])('a form finds %s by itself, at the API’s name of the field', (_, actual, expected) => expect(actual).toEqual(expected))

const issue = (field: string | null, message: string): ApiIssue => ({ field, rule: 'shape', message })
const issues = [issue('hostId', 'Choose one.'), issue('boot.path', 'Too long.'), issue(null, 'No.')]

describe('what was found is shown', () => {
  it.each<[string, boolean, readonly string[], readonly string[]]>([
    ['nowhere while the operator fills in', false, [], []],
    ['at a field that was left', false, ['boot.path'], ['Too long.']],
    ['at a group that was left', false, ['boot', 'host'], ['Too long.']],
    ['everywhere once it was to be sent', true, [], ['Choose one.', 'Too long.', 'No.']],
  ])('%s', (_, isTried, left, expected) => expect(shownIssues(issues, isTried, left).map(({ message }) => message)).toEqual(expected))

  const answer = Object.assign(new Error('x'), {
    data: { app: { code: 'conflict', message: 'Taken.', field: 'name', rule: 'name-unique', issues: [] } },
  })
  it('beside what the server answered, and before it at the same field', () => {
    const both = joinErrors([issue('hostId', 'Choose one.')], answer)
    expect([fieldError(both, 'hostId'), fieldError(both, 'name')]).toEqual(['Choose one.', 'Taken. (rule name-unique)'])
    expect(fieldError(joinErrors([issue('name', 'Too long.')], answer), 'name')).toBe('Too long.')
  })
  it('below the form where no field is its own', () => {
    expect(unplacedError(joinErrors([issue(null, 'No.')], null), ['name'])).toMatchObject({ code: 'invalid_input', message: 'No.' })
    expect(joinErrors([], answer)).toBe(answer)
  })
})
