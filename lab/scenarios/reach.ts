// What one guest reaches at another, by packets: TCP to a listener, UDP to a port that nobody listens at (the answer is ICMP), ICMP echo. All of
// a list is tried at once by one script, since what must not pass is waited for in vain.

import { runInGuest, startInGuest, type LabGuest } from './guest'

/** `icmp`: an echo request, over IPv6 where the address is. */
export type What = 'icmp' | `tcp ${number}` | `udp ${number}`

export interface Attempt {
  readonly what: What
  readonly address: string
  readonly isWanted: boolean
}

/** What passes is waited for on a busy machine; what does not, as long as three packets take that are sent a second apart. */
const PATIENCE_S = { wanted: 20, unwanted: 3 } as const
const TIMEOUT_MS = 90_000

/**
 * Arguments: kind, address, port and patience of each attempt. A line per success: its number. busybox has no UDP client but traceroute, which adds
 * one to the port and, one hop away, ends with the first answer; who cannot be found by ARP is told in its own name.
 */
const TRY = `
tcp() { [ "$(nc -w "$3" "$1" "$2" </dev/null 2>/dev/null)" = hello ]; }
udp() {
  for try in $(seq "$3"); do
    traceroute -n -q 1 -w 1 -m 1 -p $(($2 - 1)) "$1" 2>/dev/null | grep -q "^ *1  $1  .* ms" && return
  done
  return 1
}
icmp() { /usr/local/bin/ping -q -c 1 -i 0.5 -w "$3" "$1" >/dev/null 2>&1; }
number=0
while [ $# -gt 0 ]; do
  { "$1" "$2" "$3" "$4" && echo $number; } &
  number=$((number + 1))
  shift 4
done
wait`

/** Whether each has passed, in their order. */
export async function tryAll(guest: LabGuest, attempts: readonly Attempt[]): Promise<boolean[]> {
  const words = attempts.flatMap(({ what, address, isWanted }) => {
    const [kind = '', port = '0'] = what.split(' ')
    return [kind, address, port, String(isWanted ? PATIENCE_S.wanted : PATIENCE_S.unwanted)]
  })
  const passed = new Set((await runInGuest(guest, ['sh', '-c', TRY, 'sh', ...words], TIMEOUT_MS)).split('\n'))
  return attempts.map((_, index) => passed.has(String(index)))
}

/** Its DHCP client takes every address away when it begins, those of IPv6 as well. The address is there at once: nobody is asked for duplicates. */
const SPEAK_IPV6 = 'echo 0 >/proc/sys/net/ipv6/conf/eth0/accept_dad; ip -6 address add "$1/64" dev eth0'

export async function speakIpv6(guest: LabGuest, address: string): Promise<void> {
  await runInGuest(guest, ['sh', '-c', SPEAK_IPV6, 'sh', address])
}

/** Answers "hello" on each of the ports, to as many as ask. */
const LISTEN = 'for port; do nc -ll -p "$port" -e /bin/echo hello </dev/null >/dev/null 2>&1 & done'

export const listenOn = (guest: LabGuest, ports: readonly number[]): Promise<number> =>
  startInGuest(guest, ['sh', '-c', LISTEN, 'sh', ...ports.map(String)])
