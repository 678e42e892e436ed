// OpenFlow flows. Ports are named, not numbered (the OVSDB names them), because ofports change after every re-plug.
// match and actions are canonical text (parse/openflow normalises dumps and our own flows to the same form), so equal
// flows are equal strings whatever OpenFlow version printed them.

import type { Owner } from '../naming'

export interface Flow {
  readonly bridge: string
  readonly table: number
  readonly priority: number
  /** Canonical, sorted, e.g. `arp,arp_spa=10.0.0.5,in_port=qvo9f9c98cb-13`; '' matches all. */
  readonly match: string
  /** Canonical, e.g. `mod_vlan_vid:3,resubmit(,58)`. */
  readonly actions: string
  readonly cookie: string
  /** Desired: who asked for it. Observed: null, ownership is read from the cookie. */
  readonly owner: Owner | null
  /** Learned flows carry our cookie too; they come and go and are never compared. */
  readonly hardTimeout?: number
  readonly idleTimeout?: number
  /** Observed only. */
  readonly packets?: number
  readonly bytes?: number
  readonly durationS?: number
}

/** OpenFlow's own identity of a flow. */
export const flowKey = (flow: Pick<Flow, 'bridge' | 'table' | 'priority' | 'match'>): string =>
  `${flow.bridge}/${flow.table}/${flow.priority}/${flow.match}`

export const bridgeOfKey = (key: string): string => key.split('/')[0] ?? ''

/** Open vSwitch itself puts this one into a standalone bridge. */
export const isDefaultFlow = (flow: Flow): boolean =>
  flow.table === 0 && flow.priority === 0 && flow.match === '' && flow.actions === 'NORMAL' && /^0x0+$|^0$/.test(flow.cookie)
