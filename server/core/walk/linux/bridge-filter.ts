// What filters frames inside a Linux bridge, in the kernel's order: ebtables, and for IP packets iptables through br_netfilter, which
// runs PREROUTING, FORWARD and POSTROUTING with the bridge as both devices and the ports as physdev (net/bridge/br_netfilter_hooks.c).
// Tagged frames pass iptables by, unless somebody sets bridge-nf-filter-vlan-tagged: of these it is not known.

import type { Link } from '../../host/link'
import { unknown } from '../ends'
import type { Cause, WalkEnd } from '../walk-result'
import type { Packet } from './arrival'
import type { Context } from './context'
import type { Host } from './host'
import { newTracked, type Tracked } from './netfilter/conntrack'
import { runHook, type HookInput, type HookResult } from './netfilter/hook'

interface Passed {
  readonly packet: Packet
  /** Set where iptables looks at it. */
  readonly tracked: Tracked | null
  readonly causes: readonly Cause[]
  readonly end: WalkEnd | null
}

const TAGGED = 'bridge-nf-filter-vlan-tagged'

type Devices = Pick<HookInput, 'inDevice' | 'outDevice' | 'physIn' | 'physOut'>

export class BridgeFilter {
  constructor(
    private readonly host: Host,
    private readonly bridge: Link,
    private readonly context: Context,
  ) {}

  enter(packet: Packet, port: Link | null): Passed {
    const isTaggedAsked = packet.frame.vlans.length > 0 && this.host.sysctl(this.bridge.netns, `net/bridge/${TAGGED}`) === '1'
    if (isTaggedAsked)
      return { packet, tracked: null, causes: [], end: unknown('outside-model', { device: this.bridge.name, about: TAGGED }) }
    if (!port) return this.#run({ packet, tracked: null, causes: [], end: null }, [['filter', 'OUTPUT']], {}, null)
    const started: Passed = { packet, tracked: this.#callsIptables(packet) === false ? null : newTracked(), causes: [], end: null }
    const passed = this.#run(
      started,
      [
        ['broute', 'BROUTING'],
        ['nat', 'PREROUTING'],
      ],
      { inDevice: port.name },
      { hook: 'PREROUTING', physIn: port.name, inDevice: this.bridge.name },
    )
    const isTranslated = passed.end === null && passed.packet.frame.payload !== packet.frame.payload
    return isTranslated ? { ...passed, end: unknown('outside-model', { device: this.bridge.name, about: 'dnat-on-bridge' }) } : passed
  }

  leave(
    entered: Passed,
    port: Link | null,
    out: Link,
  ): { readonly port: Link; readonly packet: Packet; readonly causes: readonly Cause[]; readonly end: WalkEnd | null } {
    const fresh: Passed = { ...entered, causes: [] }
    const name = this.bridge.name
    const devices = { physIn: port?.name ?? null, physOut: out.name }
    const forwarded = port
      ? this.#run(
          fresh,
          [['filter', 'FORWARD']],
          { inDevice: port.name, outDevice: out.name },
          { hook: 'FORWARD', inDevice: name, outDevice: name, ...devices },
        )
      : fresh
    const left = forwarded.end
      ? forwarded
      : this.#run(forwarded, [['nat', 'POSTROUTING']], { outDevice: out.name }, { hook: 'POSTROUTING', outDevice: name, ...devices })
    return { port: out, packet: left.packet, causes: left.causes, end: left.end }
  }

  goUp(entered: Passed, port: Link): Pick<Passed, 'causes' | 'end'> {
    return this.#run({ ...entered, causes: [] }, [['filter', 'INPUT']], { inDevice: port.name }, null)
  }

  #run(
    passed: Passed,
    ebtables: readonly (readonly [table: string, chain: string])[],
    devices: Partial<Devices>,
    iptables: ({ readonly hook: string } & Partial<Devices>) | null,
  ): Passed {
    const bridged = ebtables.reduce<Passed>(
      (now, [table, hook]) => (now.end ? now : this.#apply(now, { family: 'bridge', tables: [table], hook, ...devices })),
      passed,
    )
    if (bridged.end || !iptables || !bridged.tracked) return bridged
    return this.#throughIptables(bridged, { family: bridged.packet.frame.payload.kind === 'ipv6' ? 'ipv6' : 'ipv4', ...iptables })
  }

  #apply(passed: Passed, hook: Pick<HookInput, 'family' | 'hook'> & Partial<HookInput>): Passed {
    const { end, packet, tracked, causes }: HookResult = runHook({
      inDevice: null, outDevice: null, physIn: null, physOut: null, isBridged: hook.family !== 'bridge',
      host: this.host, netns: this.bridge.netns,
      connections: this.context.connections, packet: passed.packet, tracked: passed.tracked ?? newTracked(), ...hook,
    }) // prettier-ignore
    return { packet, tracked: passed.tracked && tracked, causes: [...passed.causes, ...causes], end }
  }

  /** Where nobody read whether iptables is asked at all, only what it would leave alone is known. */
  #throughIptables(passed: Passed, hook: Pick<HookInput, 'family' | 'hook'> & Partial<HookInput>): Passed {
    const asked = this.#apply(passed, hook)
    if (this.#callsIptables(passed.packet) === true || (!asked.end && asked.packet === passed.packet)) return asked
    return { ...asked, end: unknown('unread', { netns: this.bridge.netns, about: this.#key(passed.packet) }) }
  }

  #key = ({ frame: { payload } }: Packet): string => `net/bridge/bridge-nf-call-${payload.kind === 'ipv6' ? 'ip6tables' : 'iptables'}`

  /** null: not known. Without the module there is no such setting: then others of the namespace were read, and this one not. */
  #callsIptables(packet: Packet): boolean | null {
    const { vlans, payload } = packet.frame
    if (vlans.length > 0 || (payload.kind !== 'ipv4' && payload.kind !== 'ipv6')) return false
    const value = this.host.sysctl(this.bridge.netns, this.#key(packet))
    if (value !== undefined) return value === '1'
    const isRead =
      this.host.sysctl(this.bridge.netns, 'net/ipv4/ip_forward') !== undefined &&
      this.host.unread('sysctls', { netns: this.bridge.netns }) === null
    return isRead ? false : null
  }
}
