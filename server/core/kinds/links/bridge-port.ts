// What decides about the frames of a port of a Linux bridge beside the bridge itself, as `ip link set … type bridge_slave` takes it.
// A port that comes into its bridge anew has all of them.

import { usualBridgePort } from '../../host/bridge-port'
import type { Link } from '../../host/link'

/** Name of the field, as compared in links.ts. */
export const BRIDGE_PORT = 'bridge_slave'

/** Of a setting `ip link` calls a switch on or off, of the states it takes the number: 3 is `forwarding`. */
const argument = (value: boolean | string): string =>
  typeof value === 'boolean' ? (value ? 'on' : 'off') : value === 'forwarding' ? '3' : value

const NEW_PORT: ReadonlyMap<string, string> = new Map(Object.entries(usualBridgePort).map(([name, value]) => [name, argument(value)]))

/** Those that somebody set otherwise. */
export const setOtherwise = ({ observed }: Link): readonly string[] => (observed?.unmodelled ?? []).filter((name) => NEW_PORT.has(name))

export const isSamePort = (desired: Link, observed: Link): boolean =>
  typeof desired.master === 'string' && desired.master === observed.master

/** What sets them back. */
export const asNewPort = (link: Link): readonly string[] => setOtherwise(link).map((name) => `${name} ${NEW_PORT.get(name)}`)
