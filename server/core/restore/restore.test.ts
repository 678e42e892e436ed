// The script is run for real by the scenario host-restart; here, what it is given, and its filters.

import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { compileHost } from '../compile/compile'
import { diffHost, isEmptyDiff } from '../diff/host-diff'
import { digestOf } from '../host/restore-unit'
import { renderSteps } from '../render/render-steps'
import { ids, sampleTopology } from '../testing/sample-topology'
import { trunkTopology } from '../testing/sample-trunk'
import { ENTRIES_TO_DO, LINKS_TO_DO, RESTORE_SCRIPT, TABLES_TO_DO } from './restore-script'
import { restoreFiles, restoreSteps } from './restore-files'
import { survivesRestart } from './survives-restart'

const desired = compileHost(sampleTopology(), ids.host(2))
const network = compileHost(sampleTopology(), ids.host(1))
const hostOnKernelDatapath = compileHost(sampleTopology({ datapathType: 'system' }), ids.host(2))
const files = restoreFiles(network, { kind: 'host', id: ids.host(1) })

describe('what survives a restart', () => {
  it('lacks nothing that Open vSwitch or libvirt keeps, and no file', () => {
    const { ovsBridges, ovsPorts, dnsmasq, domains } = diffHost(network, survivesRestart(network))
    expect([ovsBridges, ovsPorts].every((part) => part.added.length + part.changed.length === 0)).toBe(true)
    expect(dnsmasq.changed.map(({ fields }) => fields.map(({ field }) => field))).toEqual(network.dnsmasq.map(() => ['running']))
    expect(domains.added).toEqual([])
  })

  it('lacks every flow, namespace, address and device that was made, and NICs are as they came', () => {
    const lost = diffHost(desired, survivesRestart(desired))
    expect(lost.flows.added).toEqual(desired.flows)
    expect(lost.addresses.added).toEqual(desired.addresses)
    expect(lost.links.added).toEqual(desired.links.filter(({ type }) => type !== 'physical' && type !== 'tap'))
    expect(lost.links.changed.map(({ to }) => to.name).sort()).toEqual(['ens37', 'ens38'])
    expect(lost.domains.changed.map(({ fields }) => fields.map(({ field }) => field))).toEqual(desired.domains.map(() => ['running']))
  })
})

describe('the restore unit', () => {
  it('[PLAN-21] is part of what the host shall have, written last, and changes with the design', () => {
    const withUnit = (networks: readonly number[]) => {
      const topology = sampleTopology({ networks })
      return compileHost({ ...topology, hosts: topology.hosts.map((host) => ({ ...host, hasRestoreUnit: true })) }, ids.host(2))
    }
    const [small, large] = [withUnit([3]), withUnit([2, 3])]
    expect(renderSteps(diffHost(large, small), 'cmp1').at(-1)!.title).toBe('Write the restore unit')
    expect(diffHost(large, small).restoreUnits.changed.map(({ fields }) => fields.map(({ field }) => field))).toEqual([['content']])
    expect(isEmptyDiff(diffHost(large, large))).toBe(true)
    expect(renderSteps(diffHost(compileHost(sampleTopology({ networks: [2, 3] }), ids.host(2)), large), 'cmp1').map(({ title }) => title)).toEqual(['Remove the restore unit'])
  })

  it('holds the commands of a plan, and their inputs as they are', () => {
    const steps = restoreSteps(network)
    expect(Object.keys(files)).toEqual(expect.arrayContaining(['tapline-restore.service', 'restore.sh', 'steps.sh']))
    expect(Object.keys(files).filter((name) => /^\d+\.txt$/.test(name)).map((name) => files[name])).toEqual(steps.flatMap(({ command }) => command.stdin ?? []))
    expect(files['steps.sh']!.match(/^step /gm)).toHaveLength(steps.length)
  })

  it('guards what would fail, or do harm, where it is done already', () => {
    const guards = (text: string) => [...text.matchAll(/^step (?:'[^']*'|\S+) \S+ \d+ (\w+)/gm)].map(([, guard]) => guard)
    expect(guards(files['steps.sh']!).filter((guard) => guard !== 'always')).toEqual(['new_links', 'new_links', 'new_links', 'new_links', 'new_links', 'new_jumps', 'new_jumps', 'new_jumps'])
    const compute = restoreFiles(desired, { kind: 'host', id: ids.host(2) })['steps.sh']!
    expect(guards(compute).filter((guard) => guard !== 'always')).toEqual(['new_links', 'when_ports_are_up', 'new_links', 'stopped_vm', 'stopped_vm', 'stopped_vm'])
  })

  it('guards the filters and forwarding entries of a Linux bridge host', () => {
    const topology = sampleTopology()
    const bridged = compileHost({ ...topology, hosts: topology.hosts.map((host) => ({ ...host, agentKind: 'linuxbridge' })) }, ids.host(2))
    const lines = restoreFiles(bridged, { kind: 'host', id: ids.host(2) })['steps.sh']!.split('\n')
    expect(lines.find((line) => line.includes('ebtables-nft-restore'))).toMatch(/ \d+ new_jumps ebtables-nft-save ebtables-nft-restore --noflush$/)
    expect(lines.find((line) => line.includes('bridge -force -batch'))).toMatch(/ \d+ new_entries 'bridge fdb' bridge -force -batch -$/)
  })

  it('rebuilds a Linux bridge host in the order of a plan: filters before VMs, VLAN interfaces of subports after them', () => {
    const bridged = compileHost(trunkTopology({ linuxBridge: [2] }), ids.host(2))
    const steps = restoreSteps(bridged)
    expect(steps.map(({ title }) => title).filter((title) => !title.startsWith('Start VM'))).toEqual(['Links: add 5, change 2', 'Set 11 sysctls', expect.stringMatching(/^VXLAN forwarding: \d+ changes$/), 'Addresses', 'ebtables', 'VLAN interfaces on taps: 2 subports', 'Set 2 sysctls'])
    const titles = steps.map(({ title }) => title)
    expect(titles.findIndex((title) => title.startsWith('Start VM'))).toBeGreaterThan(titles.indexOf('ebtables'))
    expect(titles.findLastIndex((title) => title.startsWith('Start VM'))).toBeLessThan(titles.indexOf('VLAN interfaces on taps: 2 subports'))
    const lines = restoreFiles(bridged, { kind: 'host', id: ids.host(2) })['steps.sh']!.split('\n')
    expect(lines.filter((line) => line.includes('sysctl')).map((line) => line.includes('sysctl -e'))).toEqual([true, true])
  })

  it('is a unit that systemd starts after what it needs, and again with the switch', () => {
    expect(files['tapline-restore.service']).toMatch(/^# tapline:host\/cc0{5}1-/)
    expect(files['tapline-restore.service']).toContain('After=network.target systemd-sysctl.service openvswitch-switch.service openvswitch.service ovs-vswitchd.service libvirtd.service')
    expect(files['tapline-restore.service']).toContain('PartOf=ovs-vswitchd.service')
    expect(files['tapline-restore.service']).toContain('WantedBy=multi-user.target ovs-vswitchd.service')
  })

  it('is shell that can be read, also with hostile titles', () => {
    const hostile = restoreFiles({ ...desired, domains: desired.domains.map((domain) => ({ ...domain, title: `'; touch /tmp/x; $(id) \n` })) }, { kind: 'host', id: ids.host(2) })
    const output = execFileSync('sh', { input: `step() { printf '%s|' "$1"; }\n${hostile['steps.sh']}`, encoding: 'utf8' })
    expect(output).toContain(`|Start VM '; touch /tmp/x; $(id) \n|`)
    for (const text of [RESTORE_SCRIPT, files['steps.sh']!]) execFileSync('sh', ['-n'], { input: text })
  })
})

describe('digestOf', () => {
  it('is what sha1sum prints', () => {
    const text = files['steps.sh']!
    expect(`${digestOf(text)}  -\n`).toBe(execFileSync('sha1sum', { input: text, encoding: 'utf8' }))
  })
})

function filter(program: string, have: string, todo: string) {
  const directory = mkdtempSync(join(tmpdir(), 'tapline-restore-'))
  writeFileSync(join(directory, 'have'), have)
  writeFileSync(join(directory, 'todo'), todo)
  const { stdout, stderr, status } = spawnSync('awk', [program, 'have', 'todo'], { cwd: directory, encoding: 'utf8' })
  rmSync(directory, { recursive: true })
  return { stdout, stderr, status }
}

describe('the filter of ip batches', () => {
  const have = String.raw`1: lo: <LOOPBACK,UP> mtu 65536 qdisc noqueue\    link/loopback 00:00:00:00:00:00
5: qbrff000021-00: <BROADCAST> mtu 1500\    link/ether 02:00:00:00:00:01\    alias tapline:port/ff000021-0000-4000-8000-000000000021
6: br-data@if7: <BROADCAST> mtu 1500\    link/ether 02:00:00:00:00:02\    alias mine
7: tap1: <BROADCAST> mtu 1500\    link/ether 02:00:00:00:00:03
8: qvo1@qvb1: <BROADCAST,MULTICAST,PROMISC,UP,LOWER_UP> mtu 1450 qdisc noqueue master qbr1 state UP\    link/ether 02:00:00:00:00:04\    alias tapline:port/ff000031
@fip-1 4: fpr-1@if4: <BROADCAST> mtu 1500\    link/ether 02:00:00:00:00:05\    alias tapline:port/ff000031
@fip-1 5: fpr-2@if5: <BROADCAST> mtu 1500\    link/ether 02:00:00:00:00:06
8: qvo1    inet 10.0.0.5/24 scope global qvo1\       valid_lft forever
100:	from 10.0.0.0/24 lookup 7
101:	not from 10.0.0.5 to 10.1.0.0/16 fwmark 0x1/0xff iif rfp [detached] lookup 16 proto static
`
  const vtep = (cidr: string) => `address replace ${cidr} dev ens37 label ens37:tl\n`
  it.each([
    ['makes what is missing', 'link add name qbrnew type bridge\nlink set dev qbrnew up\n', 'link add name qbrnew type bridge\nlink set dev qbrnew up\n', 0],
    ['does not make ours twice, and sets it up again', 'link add name qbrff000021-00 type bridge\nlink set dev qbrff000021-00 up\n', 'link set dev qbrff000021-00 up\n', 0],
    ['leaves a foreign device of that name alone', 'link add name br-data type bridge\nlink set dev br-data up\nlink set dev lo mtu 9000\n', 'link set dev lo mtu 9000\n', 3],
    ['does not set what is set', 'link set dev qvo1 alias tapline:port/ff000031 mtu 1450 promisc on master qbr1 up\nlink set dev lo up\naddress replace 10.0.0.5/24 dev qvo1\n', '', 0],
    ['sets what differs in anything', 'link set dev qvo1 alias tapline:port/ff00003 up\nlink set dev qvo1 mtu 1500 up\nlink set dev qvo1 master qbr2\naddress replace 10.0.0.5/16 dev qvo1\n', 'link set dev qvo1 alias tapline:port/ff00003 up\nlink set dev qvo1 mtu 1500 up\nlink set dev qvo1 master qbr2\naddress replace 10.0.0.5/16 dev qvo1\n', 0],
    ['moves only what is still outside', 'link set dev tap1 netns q\nlink set dev tap2 netns q\n', 'link set dev tap1 netns q\n', 0],
    ['knows the name of a VLAN interface from that of the device below it', 'link add link br-data name qbrff000021-00 type vlan id 7\nlink add link lo name lo.7 type vlan id 7\n', 'link add link lo name lo.7 type vlan id 7\n', 0],
    ['takes what stands on the tap of a VM that is off for not missing', 'link add link tap9 name tap8 type vlan id 7\nlink add link tap1 name tap2 type vlan id 7\nlink set dev tap8 up\nlink set dev tap2 up\n', 'link add link tap1 name tap2 type vlan id 7\nlink set dev tap2 up\n', 0],
    ['[DIFF-9] leaves a tunnel address to the host that has it, whatever the device and the prefix', vtep('10.0.0.5/24') + vtep('10.0.0.5/32') + vtep('10.0.0.6/24'), vtep('10.0.0.6/24'), 0],
    ['moves the tunnel address to the bridge of the userspace datapath all the same', 'address replace 10.0.0.5/24 dev br-ens37\n', 'address replace 10.0.0.5/24 dev br-ens37\n', 0],
    ['makes right in a namespace what is missing there', 'link add name rfp-1 netns qrouter-1 type veth peer name fpr-1 netns fip-1\n', 'link add name rfp-1 netns qrouter-1 type veth peer name fpr-1 netns fip-1\n', 0],
    ['does not make it twice, and leaves a foreign one alone', 'link add name fpr-1 netns fip-1 type veth peer name a\nlink add name fpr-2 netns fip-1 type veth peer name b\n', '', 3],
    ['knows a rule by all that it says', 'rule add not from 10.0.0.5/32 to 10.1.0.0/16 fwmark 0x1/0xff iif rfp lookup 16 priority 101\nrule add from 10.0.0.5/32 to 10.1.0.0/16 lookup 16 priority 101\n', 'rule add from 10.0.0.5/32 to 10.1.0.0/16 lookup 16 priority 101\n', 0],
    ['does not add a rule twice', 'rule add from 10.0.0.0/24 lookup 7 priority 100\nrule add from 10.0.0.0/24 lookup 8 priority 100\n', 'rule add from 10.0.0.0/24 lookup 8 priority 100\n', 0],
  ])('%s', (_, todo, left, code) => {
    expect(filter(LINKS_TO_DO, have, todo)).toMatchObject({ stdout: left, status: code })
  })

  it('[DIFF-9] writes no tunnel address again that is there with its label, and adds the one that a boot took', () => {
    const { cidr } = hostOnKernelDatapath.addresses[0]!
    const batch = restoreSteps(hostOnKernelDatapath).flatMap(({ command }) => (command.stdin?.includes('address replace') ? [command.stdin] : []))
    expect(batch).toEqual([`address replace ${cidr} dev ens37 label ens37:tl\n`])
    const shown = (device: string, address: string) => String.raw`3: ${device}    inet ${address} brd 192.168.150.255 scope global ${device}:tl\       valid_lft forever` + '\n'
    expect(filter(LINKS_TO_DO, shown('ens37', cidr), batch[0]!).stdout).toBe('')
    expect(filter(LINKS_TO_DO, shown('lo', cidr.replace('/24', '/32')), batch[0]!).stdout).toBe('')
    expect(filter(LINKS_TO_DO, shown('ens37', '192.168.150.99/24'), batch[0]!).stdout).toBe(batch[0])
  })
})

describe('the filter of forwarding entries', () => {
  it('leaves out a destination that is there', () => {
    const line = (destination: string) => `fdb append 00:00:00:00:00:00 dev vxlan-7 dst ${destination} self permanent\n`
    const have = '33:33:00:00:00:01 dev ens37 self permanent\n00:00:00:00:00:00 dev vxlan-7 dst 192.168.150.12 self permanent\n'
    expect(filter(ENTRIES_TO_DO, have, line('192.168.150.12') + line('192.168.150.13'))).toMatchObject({ stdout: line('192.168.150.13'), status: 0 })
  })
})

describe('the filter of iptables', () => {
  const todo = '*mangle\n:tapline-POSTROUTING - [0:0]\n-A tapline-POSTROUTING -j CHECKSUM\n-I POSTROUTING -j tapline-POSTROUTING\nCOMMIT\n'
  it.each([
    ['passes everything to a namespace without tables', '', todo],
    ['leaves out a jump that is there', '*mangle\n-A POSTROUTING -j tapline-POSTROUTING\nCOMMIT\n', todo.replace('-I POSTROUTING -j tapline-POSTROUTING\n', '')],
    ['takes no other table for it', '*nat\n-A POSTROUTING -j tapline-POSTROUTING\nCOMMIT\n', todo],
  ])('%s', (_, have, left) => {
    expect(filter(TABLES_TO_DO, have, todo)).toMatchObject({ stdout: left, status: 0 })
  })
})
