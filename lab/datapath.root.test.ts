// Proof that the lab's hosts can carry what the console will build: a guest on one host, a DHCP server on another, and
// between them the whole path by hand (tap, bridge, veth, br-int, br-tun, VXLAN over the wire). Needs root.

import { afterAll, beforeAll, expect, it } from 'vitest'
import { guestDomainXml } from './guest/domain'
import { labDown, labExec, labGuest, labUp } from './lab'
import { waitFor } from './wait'

const name = 'tl-path'
const tunnelMtu = 1450
const mac = 'fa:16:3e:00:00:01'
const guest = { name: 'vm1', address: '10.0.0.50' }
const server = { namespace: 'qdhcp-test', nic: 'tapdhcp', address: '10.0.0.2' }

beforeAll(async () => {
  await labDown({ name })
  const { hosts } = await labUp({ name })
  const vtepOf = (host: string): string => hosts.find((each) => each.name === host)?.tunnelAddress ?? ''
  await buildTunnel('cmp1', vtepOf('cmp1'), vtepOf('cmp2'))
  await buildTunnel('cmp2', vtepOf('cmp2'), vtepOf('cmp1'))
  await buildDhcpServer()
  await buildGuestPort()
})

afterAll(() => labDown({ name }))

async function on(host: string, argv: readonly string[], stdin = ''): Promise<string> {
  const { code, stdout, stderr } = await labExec(name, host, argv, { stdin })
  expect(code, `${host}: ${argv.join(' ')}\n${stderr}`).toBe(0)
  return stdout
}

const ipBatch = (host: string, lines: readonly string[], namespace?: string): Promise<string> =>
  on(host, ['ip', ...(namespace === undefined ? [] : ['-netns', namespace]), '-batch', '-'], `${lines.join('\n')}\n`)

/** The tunnel endpoint's address sits on the bridge that holds the NIC: userspace OVS sends its own outer packets. */
async function buildTunnel(host: string, local: string, remote: string): Promise<void> {
  const bridge = (called: string): readonly string[] => ['--', 'add-br', called, '--', 'set', 'bridge', called, 'datapath_type=netdev']
  const patch = (of: string, port: string, peer: string): readonly string[] => [
    '--',
    'add-port',
    of,
    port,
    '--',
    'set',
    'interface',
    port,
    'type=patch',
    `options:peer=${peer}`,
  ]
  await on(host, [
    'ovs-vsctl',
    ...bridge('br-ens37'),
    '--',
    'add-port',
    'br-ens37',
    'ens37',
    ...bridge('br-int'),
    'fail_mode=secure',
    ...bridge('br-tun'),
    'fail_mode=secure',
    ...patch('br-int', 'patch-tun', 'patch-int'),
    ...patch('br-tun', 'patch-int', 'patch-tun'),
    '--',
    'add-port',
    'br-tun',
    'vxlan1',
    '--',
    'set',
    'interface',
    'vxlan1',
    'type=vxlan',
    `options:local_ip=${local}`,
    `options:remote_ip=${remote}`,
    'options:in_key=flow',
    'options:out_key=flow',
  ])
  await ipBatch(host, [`addr add ${local}/24 dev br-ens37`, 'link set br-ens37 up'])
  await on(host, ['ovs-ofctl', 'add-flow', 'br-int', 'actions=NORMAL'])
  await on(
    host,
    ['ovs-ofctl', 'add-flows', 'br-tun', '-'],
    [
      'in_port=patch-int,dl_vlan=1,actions=strip_vlan,set_field:100->tun_id,output:vxlan1',
      'in_port=vxlan1,tun_id=100,actions=mod_vlan_vid:1,output:patch-int',
      '',
    ].join('\n'),
  )
}

async function buildDhcpServer(): Promise<void> {
  const { namespace, nic, address } = server
  await on('cmp2', ['ovs-vsctl', 'add-port', 'br-int', nic, 'tag=1', '--', 'set', 'interface', nic, 'type=internal'])
  await on('cmp2', ['ip', 'netns', 'add', namespace])
  await ipBatch('cmp2', [`link set ${nic} netns ${namespace}`])
  await ipBatch('cmp2', ['link set lo up', `link set ${nic} mtu ${tunnelMtu} up`, `addr add ${address}/24 dev ${nic}`], namespace)
  await on('cmp2', ['tee', '/run/dhcp-hosts'], `${mac},${guest.name},${guest.address}\n`)
  await on('cmp2', [
    'ip',
    'netns',
    'exec',
    namespace,
    'dnsmasq',
    '--no-hosts',
    '--no-resolv',
    '--conf-file=/dev/null',
    '--bind-dynamic',
    `--interface=${nic}`,
    '--pid-file=/run/dhcp.pid',
    '--dhcp-leasefile=/run/dhcp.leases',
    '--dhcp-hostsfile=/run/dhcp-hosts',
    '--dhcp-range=10.0.0.0,static,255.255.255.0,3600s',
    `--dhcp-option-force=option:mtu,${tunnelMtu}`,
  ])
}

async function buildGuestPort(): Promise<void> {
  await ipBatch('cmp1', [
    'link add qbr1 type bridge forward_delay 0 stp_state 0 mcast_snooping 0 ageing_time 0',
    `link add qvb1 mtu ${tunnelMtu} type veth peer name qvo1 mtu ${tunnelMtu}`,
    'link set qvb1 master qbr1 promisc on up',
    'link set qvo1 promisc on up',
    'link set qbr1 up',
  ])
  await on('cmp1', ['ethtool', '-K', 'qvb1', 'tx', 'off'])
  await on('cmp1', ['ovs-vsctl', 'add-port', 'br-int', 'qvo1', 'tag=1'])
  const xml = guestDomainXml({ name: guest.name, bridge: 'qbr1', tap: 'tap1', mac, mtu: tunnelMtu })
  // By a file: the standard input that Node gives is a socket, and a socket cannot be opened as /dev/stdin.
  await on('cmp1', ['tee', '/run/vm1.xml'], xml)
  await on('cmp1', ['virsh', '--quiet', 'define', '/run/vm1.xml'])
  await on('cmp1', ['virsh', '--quiet', 'start', guest.name])
}

const inGuest = (...argv: readonly string[]) => labGuest(name, guest.name, argv)

it('boots a guest that answers through its agent', async () => {
  const hostname = await waitFor('the agent', () => inGuest('hostname').catch(() => undefined), { timeoutMs: 60_000, everyMs: 200 })
  expect(hostname).toEqual({ code: 0, stdout: `${guest.name}\n`, stderr: '' })
  expect((await inGuest('sh', '-c', 'exit 3')).code).toBe(3)
  expect((await inGuest('no-such-program')).code).toBe(127)
  expect((await labGuest(name, guest.name, ['cat'], { stdin: 'in' })).stdout).toBe('in')
})

it('gives the guest an address and its MTU by DHCP over VXLAN', async () => {
  const eth0 = await waitFor(
    'a lease',
    async () => {
      const { stdout } = await inGuest('ip', '-4', 'address', 'show', 'eth0')
      return stdout.includes('inet ') ? stdout : undefined
    },
    { timeoutMs: 30_000, everyMs: 200 },
  )
  expect(eth0).toContain(`inet ${guest.address}/24`)
  expect(eth0).toContain(`mtu ${tunnelMtu}`)
})

it('carries a packet of exactly the MTU and refuses a larger one', async () => {
  const ping = (size: number) => inGuest('ping', '-c', '1', '-W', '5', '-M', 'do', '-s', String(size), server.address)
  expect(await ping(tunnelMtu - 28)).toMatchObject({ code: 0 })
  expect((await ping(tunnelMtu - 27)).code).not.toBe(0)
})

it('carries TCP in both directions', async () => {
  const echoServer = ['ip', 'netns', 'exec', server.namespace, 'busybox', 'nc', '-l', '-p', '7000', '-e', 'cat']
  const listen = labExec(name, 'cmp2', echoServer, { timeoutMs: 20_000 })
  const text = 'x'.repeat(20_000)
  const echo = await waitFor('an echo', async () => {
    const { code, stdout } = await labGuest(name, guest.name, ['nc', '-w', '5', server.address, '7000'], { stdin: text })
    return code === 0 && stdout !== '' ? stdout : undefined
  })
  expect(echo).toBe(text)
  expect((await listen).code).toBe(0)
})

it('knows 802.1Q in the guest, whatever the machine’s kernel knows', async () => {
  expect(await inGuest('ip', 'link', 'add', 'link', 'eth0', 'name', 'eth0.101', 'type', 'vlan', 'id', '101')).toMatchObject({ code: 0 })
})
