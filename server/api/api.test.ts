// The API on a real store: what goes in comes out, and what must not go in is refused at the right field, losing nothing.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AppError } from '@/server/core/app-error'
import { callFailing } from './testing/call-failing'
import { openTempApi, type TempApi } from './testing/temp-api'

let temp: TempApi
let ids: Awaited<ReturnType<typeof buildDesign>>
beforeAll(async () => {
  temp = await openTempApi()
  ids = await buildDesign(temp)
})
afterAll(() => temp.remove())

const anId = '99999999-9999-4999-8999-999999999999'
const boot = { kind: 'disk', path: '/img/a.qcow2', format: 'qcow2' } as const
const auth = { kind: 'password', password: 'secret words' } as const

async function buildDesign({ api }: TempApi) {
  const { id: physicalNetworkId } = await api.physicalNetworks.create({ name: 'physnet1', vlanRanges: [{ min: 100, max: 199 }] })
  const register = async (name: string, number: number, roles: ('compute' | 'network')[]) => {
    const tunnel = { address: `192.168.150.${number}`, prefixLength: 24, nic: 'ens37' }
    const bridgeMappings = [{ physicalNetworkId, bridge: 'br-ens38', nic: 'ens38' }]
    const { id } = await api.hosts.register({
      name,
      address: '127.0.0.1',
      port: 2200 + number,
      user: 'root',
      auth,
      roles,
      tunnel,
      bridgeMappings,
    })
    await api.hosts.setPrepared({ id, isPrepared: true })
    return id
  }
  const hostId = await register('cmp1', 12, ['compute'])
  await register('net1', 11, ['network'])
  const { id: projectId } = await api.projects.create({ name: 'demo' })
  const { id: networkId } = await api.networks.create({ projectId, name: 'green', type: 'vlan', physicalNetworkId })
  const { id: subnetId } = await api.subnets.create({ networkId, name: 'green-subnet', cidr: '10.0.2.0/24' })
  const { id: portId } = await api.ports.create({ networkId, name: 'first', macAddress: 'FA-16-3E-00-00-01' })
  return { physicalNetworkId, hostId, projectId, networkId, subnetId, portId }
}

describe('what is left out is chosen', () => {
  it('VLAN id, MTU, gateway, pools, MAC, address, DHCP port', async () => {
    const { api } = temp
    expect(await api.networks.get({ id: ids.networkId })).toMatchObject({
      network: { segmentationId: 100, mtu: 1500 },
      project: { name: 'demo' },
      physicalNetwork: { name: 'physnet1' },
      subnets: [{ gatewayIp: '10.0.2.1', allocationPools: [{ start: '10.0.2.2', end: '10.0.2.254' }] }],
      ports: [
        { deviceOwner: 'network:dhcp', fixedIps: [{ ipAddress: '10.0.2.2' }] },
        { name: 'first', macAddress: 'fa:16:3e:00:00:01', fixedIps: [{ ipAddress: '10.0.2.3' }] },
      ],
    })
  })

  it('a VM gets its ports, and they go with it', async () => {
    const { api } = temp
    const { id } = await api.vms.create({
      projectId: ids.projectId,
      name: 'v',
      hostId: ids.hostId,
      networkIds: [ids.networkId, ids.networkId],
      memoryMib: 128,
      vcpus: 1,
      boot,
    })
    expect((await api.ports.list({ hostId: ids.hostId })).map((port) => port.deviceId)).toEqual([id, id])
    expect((await api.hosts.get({ id: ids.hostId })).localVlans).toMatchObject([{ networkId: ids.networkId, vlan: 1 }])
    await api.vms.remove({ id })
    expect(await api.ports.list({ hostId: ids.hostId })).toEqual([])
  })
})

describe('odd names are data', () => {
  it.each([
    'a b',
    `it's "quoted"`,
    '; reboot',
    '$(reboot)',
    '`id`',
    '--help',
    "Robert'); DROP TABLE Network;--",
    '日本 👩‍🚀',
    'x'.repeat(255),
  ])('%j', async (name) => {
    const { api } = temp
    const { id } = await api.networks.create({ projectId: ids.projectId, name, type: 'vxlan' })
    expect((await api.networks.get({ id })).network.name).toBe(name)
    await api.networks.remove({ id })
  })
})

describe('bad input is refused at its field, and nothing is lost', () => {
  type Call = (api: TempApi['api']) => Promise<unknown>
  const network =
    (changes: object): Call =>
    (api) =>
      api.networks.create({ projectId: ids.projectId, name: 'n', type: 'vlan', physicalNetworkId: ids.physicalNetworkId, ...changes })
  const subnet =
    (changes: object): Call =>
    (api) =>
      api.subnets.create({ networkId: ids.networkId, name: 's', cidr: '10.9.0.0/24', ...changes })
  const port =
    (changes: object): Call =>
    (api) =>
      api.ports.create({ networkId: ids.networkId, name: 'p', ...changes })
  const vm =
    (changes: object): Call =>
    (api) =>
      api.vms.create({
        projectId: ids.projectId,
        name: 'v',
        hostId: ids.hostId,
        networkIds: [ids.networkId],
        memoryMib: 128,
        vcpus: 1,
        boot,
        ...changes,
      })
  const host =
    (changes: object): Call =>
    (api) =>
      api.hosts.register({ name: 'h', address: '192.0.2.9', port: 22, user: 'root', auth, roles: ['compute'], ...changes })

  it.each<[string, Call, string, string | null, string]>([
    ['an empty name', network({ name: '' }), 'invalid_input', 'name', 'name-not-empty'],
    ['a name of two lines', network({ name: 'a\nb' }), 'invalid_input', 'name', 'name-printable'],
    ['a name of 300 characters', network({ name: 'x'.repeat(300) }), 'invalid_input', 'name', 'name-length'],
    ['a name of 5000 characters', network({ name: 'x'.repeat(5000) }), 'invalid_input', 'name', 'shape'],
    ['a name that is a number', network({ name: 5 }), 'invalid_input', 'name', 'shape'],
    ['a taken VLAN id', network({ segmentationId: 100 }), 'conflict', 'segmentationId', 'vlan-id-unique'],
    ['a VLAN id of 5000', network({ segmentationId: 5000 }), 'invalid_input', 'segmentationId', 'vlan-id-range'],
    ['half a VLAN id', network({ segmentationId: 100.5 }), 'invalid_input', 'segmentationId', 'shape'],
    ['an unknown type', network({ type: 'gre' }), 'invalid_input', 'type', 'shape'],
    ['an id that is none', network({ projectId: "' OR 1=1" }), 'invalid_input', 'projectId', 'shape'],
    ['an unknown project', network({ projectId: anId }), 'not_found', 'projectId', 'known-object'],
    ['an overlapping CIDR', subnet({ cidr: '10.0.2.128/25' }), 'conflict', 'cidr', 'cidr-overlap'],
    ['a CIDR that is none', subnet({ cidr: '10.0.2.0/24; reboot' }), 'invalid_input', 'cidr', 'cidr-form'],
    ['a gateway that is none', subnet({ gatewayIp: '$(id)' }), 'invalid_input', 'gatewayIp', 'address-form'],
    ['a MAC used twice', port({ macAddress: 'fa:16:3e:00:00:01' }), 'conflict', 'macAddress', 'mac-unique'],
    ['a multicast MAC', port({ macAddress: '01:00:5e:00:00:01' }), 'invalid_input', 'macAddress', 'mac-not-multicast'],
    [
      'a taken address',
      (api) => port({ fixedIps: [{ subnetId: ids.subnetId, ipAddress: '10.0.2.3' }] })(api),
      'conflict',
      'fixedIps.0.ipAddress',
      'address-unique',
    ],
    ['a VM without NIC', vm({ networkIds: [] }), 'invalid_input', 'networkIds', 'nic-required'],
    ['a VM on an unknown host', vm({ hostId: anId }), 'not_found', 'hostId', 'known-object'],
    ['a VM that boots nothing', vm({ boot: { kind: 'cloud' } }), 'invalid_input', 'boot.kind', 'shape'],
    ['a taken host name', host({ name: 'cmp1' }), 'conflict', 'name', 'name-unique'],
    ['an address with blanks', host({ address: '192.0.2.1 -o Proxy' }), 'invalid_input', 'address', 'ssh-access'],
    ['an address of 300 characters', host({ address: 'x'.repeat(300) }), 'invalid_input', 'address', 'ssh-access'],
    ['a user of 300 characters', host({ user: 'x'.repeat(300) }), 'invalid_input', 'user', 'ssh-access'],
    ['a user of two lines', host({ user: 'root\nid' }), 'invalid_input', 'user', 'ssh-access'],
    [
      'a NIC name of 300 characters',
      host({ tunnel: { address: '192.168.150.50', prefixLength: 24, nic: 'x'.repeat(300) } }),
      'invalid_input',
      'tunnel.nic',
      'device-name-length',
    ],
    [
      'a key file below the home',
      host({ auth: { kind: 'key-file', privateKeyPath: '~/.ssh/id' } }),
      'invalid_input',
      'auth.privateKeyPath',
      'shape',
    ],
    [
      'a key file of two lines',
      host({ auth: { kind: 'key-file', privateKeyPath: '/a\nb' } }),
      'invalid_input',
      'auth.privateKeyPath',
      'shape',
    ],
    ['a MAC of 300 characters', port({ macAddress: 'a'.repeat(300) }), 'invalid_input', 'macAddress', 'mac-form'],
    ['a name server of 300 characters', subnet({ dnsNameservers: ['9'.repeat(300)] }), 'invalid_input', 'dnsNameservers.0', 'address-form'],
    ['port 70000', host({ port: 70_000 }), 'invalid_input', 'port', 'shape'],
    ['an empty password', host({ auth: { kind: 'password', password: '' } }), 'invalid_input', 'auth.password', 'shape'],
    ['a private key that is none', host({ auth: { kind: 'key', privateKey: 'no key' } }), 'invalid_input', 'auth.privateKey', 'ssh-access'],
    ['a fingerprint that is none', host({ fingerprint: 'aa:bb' }), 'invalid_input', 'fingerprint', 'shape'],
    [
      'a taken tunnel address',
      host({ tunnel: { address: '192.168.150.12', prefixLength: 24, nic: 'e0' } }),
      'conflict',
      'tunnel.address',
      'vtep-unique',
    ],
    [
      'a NIC name with a semicolon',
      host({ tunnel: { address: '192.168.150.50', prefixLength: 24, nic: 'e0;id' } }),
      'invalid_input',
      'tunnel.nic',
      'device-name',
    ],
    [
      'a patch with a bad name',
      (api) => api.networks.update({ id: ids.networkId, patch: { name: '\u0007' } }),
      'invalid_input',
      'name',
      'name-printable',
    ],
    [
      'a patch of the wrong shape',
      (api) => api.networks.update({ id: ids.networkId, patch: { mtu: 1.5 } }),
      'invalid_input',
      'mtu',
      'shape',
    ],
    ['a network with ports', (api) => api.networks.remove({ id: ids.networkId }), 'conflict', null, 'network-without-ports'],
    ['an object that is gone', (api) => api.subnets.remove({ id: anId }), 'not_found', 'id', 'known-object'],
  ])('%s', async (_, call, code, field, rule) => {
    const before = await temp.store.loadDesign()
    const { message, ...app } = await callFailing(call(temp.api))
    expect(app).toMatchObject({ code, field, rule })
    expect(message.length).toBeGreaterThan(10)
    expect(await temp.store.loadDesign()).toEqual(before)
  })

  it('tells every broken rule at once', async () => {
    const { issues } = await callFailing(subnet({ name: '', gatewayIp: 'x', dnsNameservers: ['y'] })(temp.api))
    expect(issues.map((issue) => issue.field)).toEqual(['name', 'dnsNameservers.0', 'gatewayIp'])
  })

  it('names the objects in conflict', async () => {
    const { objects, message } = await callFailing(temp.api.networks.remove({ id: ids.networkId }))
    expect(objects).toEqual(['first'])
    expect(message).toContain('"first"')
  })
})

describe('pages', () => {
  it('hosts show no secret', async () => {
    const [list, detail] = [await temp.api.hosts.list(), await temp.api.hosts.get({ id: ids.hostId })]
    expect(JSON.stringify([list, detail])).not.toContain('secret words')
    expect(detail.access).toMatchObject({ authKind: 'password', port: 2212, fingerprint: null })
    expect(detail.health).toEqual({ status: 'unknown', said: null, observedAt: null, sudoersLine: null })
    expect(await temp.api.hosts.inside({ id: ids.hostId })).toMatchObject({ hostName: 'cmp1', observedAt: null, namespaces: [] })
  })

  it('the overview counts', async () => {
    expect(await temp.api.overview.get()).toMatchObject({
      counts: { host: 2, network: 1, port: 2, vm: 0 },
      revision: 0,
      lastRun: null,
      pendingChanges: { create: 9, change: 0, remove: 0 },
    })
  })

  it('changes are listed against the last revision, and discarded', async () => {
    await temp.store.revisions.record(await temp.store.loadTopology(), anId)
    expect(await temp.api.changes.list()).toEqual({ revision: 1, changes: [] })
    await temp.api.projects.create({ name: 'second thoughts' })
    expect(await temp.api.changes.list()).toMatchObject({
      revision: 1,
      changes: [
        { action: 'create', kind: 'project', name: 'second thoughts' },
        { action: 'create', kind: 'securityGroup', name: 'default' },
      ],
    })
    await temp.api.changes.discard()
    expect((await temp.api.topology.get()).changes).toEqual([])
  })
})

describe('failures of our own', () => {
  it('are told by a reference, never by their words', async () => {
    const broken = await openTempApi({ createPlan: () => Promise.reject(new Error('password=hunter2 in /etc/secret')) })
    const app = await callFailing(broken.api.plans.create())
    expect(app).toMatchObject({ code: 'internal', field: null, command: null })
    expect(JSON.stringify(app)).not.toMatch(/hunter2|secret/)
    expect(app.message).toContain(app.reference)
    await broken.remove()
  })

  it('a failed command keeps what one needs to repeat it', async () => {
    const context = { host: 'cmp1', argv: ['ip', 'link'], exitCode: 2, stderr: 'no', durationMs: 3 }
    const broken = await openTempApi({ createPlan: () => Promise.reject(new AppError('command_failed', 'ip failed.', context)) })
    expect(await callFailing(broken.api.plans.create())).toMatchObject({
      code: 'command_failed',
      host: 'cmp1',
      command: { argv: ['ip', 'link'], exitCode: 2, stderr: 'no' },
    })
    await broken.remove()
  })
})
