// A guest that lies about who it is: IP packets with an address, and then with a MAC, that are not its port's. What it sends is seen at its tap; that
// it goes no further is seen behind the filter and at the other guest's tap.

import { labExec } from '../lab'
import { runInGuest } from './guest'
import type { Machine } from './security-group-design'

/** Arguments: address and MAC of who is lied to, the false address and the false MAC. ARP is answered for by hand: false ARP is stopped elsewhere. */
const LIE = `own=$(cat /sys/class/net/eth0/address)
ip address add "$3/32" dev eth0
arp -i eth0 -s "$1" "$2"
/usr/local/bin/ping -q -c 3 -i 0.3 -W 1 -I "$3" "$1"
ip link set eth0 address "$4"
arp -i eth0 -s "$1" "$2"
/usr/local/bin/ping -q -c 3 -i 0.3 -W 1 "$1"
ip link set eth0 address "$own"
arp -i eth0 -d "$1"
ip address del "$3/32" dev eth0`

const FALSE_MAC = '02:00:00:00:00:66'
/** Longer than it lies, on a busy machine. */
const LISTEN_S = 12

export interface Lie {
  readonly sent: number
  /** In IP packets behind the filter of its port: `null` where the filter is on the tap itself. */
  readonly leftFilter: number | null
  /** Frames of any kind. */
  readonly arrived: number
}

export async function lie(from: Machine, to: Machine, address: string, hasQvb: boolean): Promise<Record<'address' | 'mac', Lie>> {
  const filters = { address: `src host ${address}`, mac: `ether src ${FALSE_MAC}` }
  const heard = (['address', 'mac'] as const).map((what) =>
    Promise.all([
      count(from, from.tap, 'in', `ip and ${filters[what]}`),
      hasQvb ? count(from, from.qvb, 'out', `ip and ${filters[what]}`) : null,
      count(to, to.tap, 'out', what === 'address' ? `${filters[what]} or arp src ${address}` : filters[what]),
    ]),
  )
  await runInGuest(from.guest, ['sh', '-c', LIE, 'sh', to.address, to.macAddress, address, FALSE_MAC])
  const [byAddress, byMac] = (await Promise.all(heard)).map(([sent, leftFilter, arrived]) => ({ sent, leftFilter, arrived }))
  return { address: byAddress!, mac: byMac! }
}

/** Frames that a device sends or receives. Interrupted, tcpdump ends with an empty line. */
async function count({ guest: { lab, host } }: Machine, device: string, direction: 'in' | 'out', filter: string): Promise<number> {
  const script = 'timeout -s INT "$1" tcpdump -nn -q -i "$2" -Q "$3" "$4" 2>/dev/null | grep -c .'
  const { stdout } = await labExec(lab, host, ['sh', '-c', script, 'sh', String(LISTEN_S), device, direction, filter])
  return Number(stdout)
}
