// Things that somebody made by hand before the console came: bridges, ports, a flow, devices, chains. A scenario proves that
// they are still there, unchanged, after apply and after delete.

import { labExec } from '../lab'

const FLOW = 'cookie=0x5,table=0,priority=77,dl_dst=02:00:00:00:00:77,actions=drop'

async function must(lab: string, host: string, argv: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await labExec(lab, host, argv)
  if (code !== 0) throw new Error(`${host}: ${argv.join(' ')} failed with ${code}: ${stderr || stdout}`)
  return stdout
}

async function makeForeign(lab: string, host: string): Promise<void> {
  await must(lab, host, [
    'ovs-vsctl',
    '--may-exist',
    'add-br',
    'br-hand',
    '--',
    'set',
    'Bridge',
    'br-hand',
    'datapath_type=netdev',
    '--',
    '--may-exist',
    'add-port',
    'br-hand',
    'hand0',
    '--',
    'set',
    'Interface',
    'hand0',
    'type=internal',
  ])
  await must(lab, host, ['ovs-ofctl', 'add-flow', 'br-hand', FLOW])
  const { code } = await labExec(lab, host, ['iptables', '-n', '-L', 'BYHAND'])
  if (code === 0) return
  await must(lab, host, ['iptables', '-N', 'BYHAND'])
  await must(lab, host, ['iptables', '-A', 'BYHAND', '-s', '198.51.100.7/32', '-j', 'DROP'])
  await must(lab, host, ['iptables', '-A', 'FORWARD', '-j', 'BYHAND'])
}

/** Everything about them that must not change, as text. */
async function readForeign(lab: string, host: string): Promise<string> {
  const parts = await Promise.all([
    must(lab, host, ['ovs-vsctl', '--columns=_uuid,name,fail_mode,external_ids,other_config,ports', 'list', 'Bridge', 'br-hand']),
    must(lab, host, ['ovs-vsctl', '--columns=_uuid,name,tag,external_ids,other_config', 'list', 'Port', 'hand0']),
    must(lab, host, ['ovs-ofctl', '--no-stats', 'dump-flows', 'br-hand', 'cookie=0x5/-1']),
    must(lab, host, ['iptables', '-S', 'BYHAND']),
    // Jumps of ours stand there, too.
    must(lab, host, ['sh', '-c', "iptables -S FORWARD | grep -v -e '-j tapline-'"]),
  ])
  return parts.join('\n')
}

async function removeForeign(lab: string, host: string): Promise<void> {
  await labExec(lab, host, ['ovs-vsctl', '--if-exists', 'del-br', 'br-hand'])
  await labExec(lab, host, ['iptables', '-D', 'FORWARD', '-j', 'BYHAND'])
  await labExec(lab, host, ['iptables', '-F', 'BYHAND'])
  await labExec(lab, host, ['iptables', '-X', 'BYHAND'])
}

export interface Foreign {
  readonly make: (lab: string, host: string) => Promise<void>
  readonly read: (lab: string, host: string) => Promise<string>
  readonly remove: (lab: string, host: string) => Promise<void>
}

export const openVswitchThings: Foreign = { make: makeForeign, read: readForeign, remove: removeForeign }

/** A bridge with a VLAN interface of the spare NIC, a VXLAN device that floods somewhere, and a rule in the table that we use. */
const LINUX_BY_HAND: readonly string[] = [
  'ip link add name br-hand type bridge',
  'ip link add link ens39 name ens39.7 type vlan id 7',
  'ip link set dev ens39.7 master br-hand',
  'ip link add name vxlan-777 type vxlan id 777 local 127.0.0.1 dstport 14789',
  'bridge fdb append 00:00:00:00:00:00 dev vxlan-777 dst 198.51.100.77',
  'ebtables-nft -t nat -N byhand',
  'ebtables-nft -t nat -A byhand -s 02:00:00:00:00:77 -j DROP',
  'ebtables-nft -t nat -A PREROUTING -i ens39.7 -j byhand',
]

/** With their indexes: what was made anew is not what was there. */
const LINUX_READING = `
for name in br-hand ens39.7 vxlan-777; do cat "/sys/class/net/$name/ifindex"; ip -d link show dev "$name"; done
bridge fdb show dev vxlan-777
ebtables-nft -t nat -L byhand
ebtables-nft -t nat -L PREROUTING | grep byhand`

export const linuxBridgeThings: Foreign = {
  make: async (lab, host) => {
    await linuxBridgeThings.remove(lab, host)
    await must(lab, host, ['sh', '-ec', LINUX_BY_HAND.join('\n')])
  },
  read: (lab, host) => must(lab, host, ['sh', '-ec', LINUX_READING]),
  remove: async (lab, host) => {
    await labExec(lab, host, [
      'sh',
      '-c',
      'ebtables-nft -t nat -D PREROUTING -i ens39.7 -j byhand; ebtables-nft -t nat -F byhand; ebtables-nft -t nat -X byhand; for dev in ens39.7 vxlan-777 br-hand; do ip link del dev "$dev"; done',
    ])
  },
}
