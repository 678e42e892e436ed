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

export interface Lie {
  readonly sent: number
  /** IP packets behind the filter of its port; 0 where that is at the tap itself. */
  readonly leftFilter: number
  /** Frames of any kind. */
  readonly arrived: number
}

/** `hasQvb`: the filter is between tap and qvb. */
export async function lie(from: Machine, to: Machine, address: string, hasQvb: boolean): Promise<Record<'address' | 'mac', Lie>> {
  const filters = { address: `src host ${address}`, mac: `ether src ${FALSE_MAC}` }
  const listen = async (what: keyof typeof filters) => ({
    sent: await startListening(from, from.tap, 'in', `ip and ${filters[what]}`),
    leftFilter: hasQvb ? await startListening(from, from.qvb, 'out', `ip and ${filters[what]}`) : null,
    arrived: await startListening(to, to.tap, 'out', what === 'address' ? `${filters[what]} or arp src ${address}` : filters[what]),
  })
  const heard = { address: await listen('address'), mac: await listen('mac') }
  await runInGuest(from.guest, ['sh', '-c', LIE, 'sh', to.address, to.macAddress, address, FALSE_MAC])
  const count = async ({ sent, leftFilter, arrived }: (typeof heard)['mac']): Promise<Lie> => ({
    sent: await sent(),
    leftFilter: (await leftFilter?.()) ?? 0,
    arrived: await arrived(),
  })
  return { address: await count(heard.address), mac: await count(heard.mac) }
}

/**
 * Arguments: address and MAC of who is sent to, and a kind of tag. Frames with an empty tag, and with a second one of either kind behind it: filters look
 * at none of them, and a guest takes them for untagged.
 */
const HIDE = `via() {
  ip link add link "$1" name "$2" type vlan proto "$3" id 0 && ip link set "$2" up
  ip route add "$address/32" dev "$2" && arp -i "$2" -s "$address" "$mac"
  /usr/local/bin/ping -q -c 1 -W 1 -s 1000 "$address"
  ip route del "$address/32" dev "$2"
}
address=$1 mac=$2
via eth0 empty "$3"
for other in 802.1q 802.1ad; do via empty second "$other"; ip link del second; done
ip link del empty`

/** What a guest sends behind empty tags, and what of it comes to the other one. */
export async function hideBehindTags(from: Machine, to: Machine): Promise<Pick<Lie, 'sent' | 'arrived'>> {
  const filter = `ether src ${from.macAddress} and ether dst ${to.macAddress} and greater 1000`
  const [sent, arrived] = [await startListening(from, from.tap, 'in', filter), await startListening(to, to.tap, 'out', filter)]
  for (const tag of ['802.1q', '802.1ad']) await runInGuest(from.guest, ['sh', '-c', HIDE, 'sh', to.address, to.macAddress, tag])
  return { sent: await sent(), arrived: await arrived() }
}

/** Arguments: device, direction, filter, file. Says its process, once it hears. */
const LISTEN = `tcpdump -nn -q -i "$1" -Q "$2" "$3" >"$4" 2>"$4.log" </dev/null &
until grep -q 'listening on' "$4.log"; do sleep 0.05; done
echo $!`
/** Arguments: process, file. What is on its way is waited for; interrupted, tcpdump ends with an empty line. */
const STOP = `sleep 0.5; kill -INT "$1"; while [ -e "/proc/$1" ]; do sleep 0.05; done; grep -c . "$2"; rm "$2" "$2.log"`

/** Of frames that a device sends or receives; gives what ends it and tells how many there were. */
async function startListening(
  { guest: { lab, host } }: Machine,
  device: string,
  direction: 'in' | 'out',
  filter: string,
): Promise<() => Promise<number>> {
  const file = `/run/heard-${device}-${filter.replaceAll(/[^a-z0-9]+/g, '-')}`
  const script = async (text: string, ...args: readonly string[]) =>
    (await labExec(lab, host, ['sh', '-c', text, 'sh', ...args])).stdout.trim()
  const pid = await script(LISTEN, device, direction, filter, file)
  return async () => Number(await script(STOP, pid, file))
}
