// What a guest prints about itself, in parts behind lines that name them. Constant text: it is asked through the agent, by a shell
// that any guest with busybox has.
//
//   @@addresses
//   2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1450 …

/** As arguments of `sh`. A kernel that never had a VLAN interface has no such list. */
export const GUEST_QUESTION: readonly string[] = [
  '-c',
  'export LC_ALL=C PATH=$PATH:/usr/sbin:/sbin; echo @@uptime; cat /proc/uptime; echo @@vlans; cat /proc/net/vlan/config; echo @@addresses; ip addr; echo @@routes; ip route; echo @@neighbours; ip neigh',
]

/** The first part of a name counts: what a program prints later cannot replace it. */
export function cutGuestAnswer(text: string): ReadonlyMap<string, string> {
  const parts = new Map<string, string>()
  for (const part of text.split(/^@@/m).slice(1)) {
    const end = part.indexOf('\n')
    const name = end < 0 ? part : part.slice(0, end)
    if (!parts.has(name)) parts.set(name, end < 0 ? '' : part.slice(end + 1))
  }
  return parts
}
