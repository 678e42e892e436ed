// What is on a host, line by line, read past the console: the honest way to find what a deletion left behind.

import { labExec } from '../lab'

const READINGS: readonly (readonly [label: string, argv: readonly string[]])[] = [
  ['link', ['ip', '-o', 'link', 'show']],
  ['address', ['ip', '-o', 'address', 'show']],
  ['namespace', ['ip', 'netns', 'list']],
  ['VXLAN entry', ['sh', '-c', 'bridge fdb show | grep " dst " | grep permanent; true']],
  ['ebtables', ['sh', '-c', 'ebtables-nft-save 2>/dev/null | grep -v "^[#:*]"; true']],
  ['OVS bridge', ['ovs-vsctl', 'list-br']],
  ['OVS port', ['ovs-vsctl', '--bare', '--columns=name', 'list', 'Port']],
  ['iptables', ['iptables', '-S']],
  ['VM', ['virsh', '-q', '-c', 'qemu:///system', 'list', '--all', '--name']],
  ['file', ['find', '/var/lib/tapline', '-mindepth', '1']],
  ['unit', ['find', '/etc/systemd/system', '-name', '*tapline*', '-o', '-name', 'ovs-vswitchd.service.wants']],
  ['process', ['sh', '-c', 'for pid in $(pgrep -x dnsmasq; pgrep -f qemu-system); do [ "$(readlink /proc/$pid/ns/mnt)" = "$(readlink /proc/self/ns/mnt)" ] && tr "\\0" " " < /proc/$pid/cmdline | cut -c1-80 && echo; done; true']],
]

export async function snapshot(lab: string, host: string): Promise<ReadonlySet<string>> {
  const readings = await Promise.all(
    READINGS.map(async ([label, argv]) => {
      const { stdout } = await labExec(lab, host, argv)
      return stdout.split('\n').map((line) => normalize(label, line)).filter((line) => line !== null)
    }),
  )
  return new Set(readings.flat())
}

/** Names only: indexes and flags change without anything being left. */
function normalize(label: string, line: string): string | null {
  const text = line.trim()
  if (text === '') return null
  if (label === 'link') return `link ${text.split(': ')[1]?.split('@')[0]}`
  if (label === 'address') return `address ${text.split(/\s+/).slice(1, 4).join(' ')}`
  return `${label} ${text}`
}

export const leftBehind = (before: ReadonlySet<string>, after: ReadonlySet<string>, host: string): string[] =>
  [...after].filter((line) => !before.has(line)).map((line) => `${line} on ${host}`)
