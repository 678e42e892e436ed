// Proof that a VM host is a host like the others, and what it has that they lack. On the run's lab; steps
// build on each other, and the last one leaves the hosts as they were. Commands are few: each is an SSH login into an
// emulated machine.

import { afterAll, beforeAll, expect, it } from 'vitest'
import { labExec, labHostRestart, labStatus, labUp, type LabHost } from './lab'
import { findKeepers, processesOf, type Keeper } from './node/keeper'
import { run } from './run'
import { testLab as name } from './tests/settings'

const host = 'cmp3'
const bootTimeoutMs = 400_000
const peer = { name: 'cmp1', tunnelAddress: '192.168.150.12', tagged: '10.101.0.1' }

beforeAll(async () => {
  await labUp({ name, extras: [host] })
  await shell(
    peer.name,
    `
    ip address add ${peer.tunnelAddress}/24 dev ens37
    ovs-vsctl add-br br-tagged -- set bridge br-tagged datapath_type=netdev -- add-port br-tagged ens38 \
      -- add-port br-tagged t101 tag=101 -- set interface t101 type=internal
    ip address add ${peer.tagged}/24 dev t101
    ip link set t101 up`,
  )
}, bootTimeoutMs)

afterAll(() =>
  shell(
    peer.name,
    `ovs-vsctl del-br br-tagged
    ip address flush dev ens37`,
  ),
)

/** A script rather than many commands. The first one that fails ends it. */
async function shell(on: string, script: string): Promise<string> {
  const { code, stdout, stderr } = await labExec(name, on, ['bash', '-e', '-s'], { stdin: script, timeoutMs: 120_000 })
  expect(code, `${on}: ${script}\n${stdout}${stderr}`).toBe(0)
  return stdout
}

async function statusOf(): Promise<LabHost> {
  const found = (await labStatus(name)).hosts.find((each) => each.name === host)
  if (found === undefined) throw new Error(`no ${host} in the lab`)
  return found
}

function keeperOf(node: string): Keeper {
  const keeper = findKeepers(name).get(node)
  if (keeper === undefined) throw new Error(`no keeper for ${node}`)
  return keeper
}

it('tells of the machine as of any other host', async () => {
  expect(await statusOf()).toMatchObject({ kind: 'vm', ready: true, problems: [], roles: ['compute'], tunnelNic: 'ens37' })
})

it('is entered with the key that the lab told before', async () => {
  const { ssh } = await statusOf()
  const scanned = await run(['ssh-keyscan', '-T', '60', '-t', 'ed25519', '-p', String(ssh.port), ssh.address])
  const { stdout } = await run(['ssh-keygen', '-l', '-f', '-'], { stdin: scanned.stdout })
  expect(stdout).toContain(ssh.hostKeyFingerprint)
})

it('starts bare, under systemd, with its switch and its libvirt answering', async () => {
  const output = await shell(
    host,
    `
    hostname
    cat /proc/1/comm
    ip -oneline -4 address | grep -cv -e ' lo ' -e ' mgmt ' || true
    ovs-vsctl --timeout=10 list-br | wc -l
    virsh --quiet uri | head -n 1
    systemctl --failed --no-legend --plain`,
  )
  expect(output.trim().split('\n')).toEqual([host, 'systemd', '0', '0', 'qemu:///system'])
})

it('passes argv, exit code and input on as they are', async () => {
  const words = ['', 'a  b', '"$HOME"', "it's", '-x']
  expect(await labExec(name, host, ['printf', '<%s>', ...words])).toMatchObject({
    code: 0,
    stdout: words.map((word) => `<${word}>`).join(''),
  })
  expect(await labExec(name, host, ['sh', '-c', 'cat; exit 7'], { stdin: 'in' })).toMatchObject({ code: 7, stdout: 'in' })
})

it('reaches a host over the tunnel NIC, and the world outside over the physical one', async () => {
  await shell(
    host,
    `
    ip address add 192.168.150.14/24 dev ens37
    ip address add 203.0.113.14/24 dev ens38
    ip route add default via 203.0.113.1
    ping -c 3 -W 10 -q ${peer.tunnelAddress}
    ping -c 3 -W 10 -q 198.51.100.10`,
  )
})

it('speaks 802.1Q, ICMP and TCP, to a host with the userspace datapath', async () => {
  const listen = labExec(name, peer.name, ['busybox', 'nc', '-l', '-p', '7000', '-e', 'cat'], { timeoutMs: 100_000 })
  const echo = await shell(
    host,
    `
    ip link add link ens38 name ens38.101 type vlan id 101
    ip address add 10.101.0.2/24 dev ens38.101
    ip link set ens38.101 up
    ping -c 3 -W 10 -q ${peer.tagged} >&2
    exec 3<>/dev/tcp/${peer.tagged}/7000
    for line in $(seq 2000); do echo "a line that makes packets full"; done >&3 &
    head -n 2000 <&3 | sort | uniq -c
    kill %1 2>/dev/null || true`,
  )
  expect(echo.trim()).toBe('2000 a line that makes packets full')
  expect((await listen).code).toBe(0)
})

it('switches with the kernel’s datapath, and has VXLAN there', async () => {
  const output = await shell(
    host,
    `
    ovs-vsctl --timeout=60 add-br br-kept -- add-port br-kept vx1 \
      -- set interface vx1 type=vxlan options:remote_ip=${peer.tunnelAddress} options:key=5
    ovs-dpctl show
    cat /proc/net/udp | grep -ic ':12B5'`,
  )
  expect(output).toContain('system@ovs-system')
  expect(output).toContain('br-kept (internal)')
  expect(output).toMatch(/vxlan_sys_4789 \(vxlan/)
})

it('stays up when the switch on the wire dies, and is plugged in again', async () => {
  const [machine] = processesOf(keeperOf(host), 'qemu-system-x86')
  process.kill(keeperOf('wire').pid, 'SIGKILL')
  expect((await statusOf()).problems).toContain('ens37 is not plugged in')
  await labUp({ name })
  expect(processesOf(keeperOf(host), 'qemu-system-x86')).toEqual([machine])
  // The peer's NIC is a new one, with a new cable; the machine's has not changed.
  await shell(peer.name, `ip address add ${peer.tunnelAddress}/24 dev ens37`)
  await shell(host, `ping -c 5 -W 10 -q ${peer.tunnelAddress}`)
})

it(
  'keeps what is on its disk, and only that, when it restarts',
  async () => {
    processesOf(keeperOf(host), 'qemu-system-x86').forEach(({ pid }) => process.kill(pid, 'SIGKILL'))
    // A process with so much memory takes a moment to go.
    await expect.poll(async () => (await statusOf()).problems, { timeout: 120_000 }).toEqual(['the machine is switched off'])
    expect((await labHostRestart(name, host)).up).toBe(true)
    const output = await shell(
      host,
      `
    ovs-vsctl --timeout=60 list-br
    ip -oneline link show type vlan | wc -l
    ovs-vsctl --timeout=60 del-br br-kept`,
    )
    expect(output).toBe('br-kept\n0\n')
  },
  bootTimeoutMs,
)
