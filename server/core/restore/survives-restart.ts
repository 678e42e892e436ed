// What a host still has of a desired state when it has booted: rows of the OVSDB, definitions of libvirt, files. Devices,
// flows, namespaces, addresses, rules, iptables and whatever ran are gone (docs/reference/open-vswitch.md). The difference to the
// desired state is what a restore has to bring back.

import { type HostState, mapKinds } from '../host/host-state'
import { kindOf } from '../kinds/kinds'

export const survivesRestart = (desired: HostState): HostState => mapKinds((kind) => kindOf(kind).afterBoot?.(desired[kind]) ?? [])
