// Addresses: ours when they live on a link of ours or in a namespace of ours, or carry our label.

import { addressKey, type IpAddress } from '../host/ip'
import { isRouterAddress } from '../host/answered'
import { vtepLabel } from '../naming'
import { announce } from './announce'
import { inNamespaces, whereIn, type Kind } from './kind'
import { livesOnOurs } from './lives-on-ours'
import type { LineGuard } from './restore-guard'
import { withdraw } from './withdraw'

/** A VTEP address on a NIC: the NIC is the host's, the address is ours. */
export const isLabelled = ({ netns, link, label }: IpAddress): boolean => netns === '' && label === vtepLabel(link)

/**
 * A labelled address is that of the tunnels, which a host may have on any device and with any prefix (DIFF-9): a second copy and its
 * connected route would draw the underlay away.
 */
const ADDRESSES: LineGuard = {
  name: 'addresses',
  have: 'ip -o address show',
  learn: 'addressed[$4, $2]; held[bare($4)]',
  done: String.raw`
function bare(cidr) { sub(/\/.*/, "", cidr); return cidr }
$1 " " $2 " " $4 == "address replace dev" && ($6 == "label" ? bare($3) in held : ($3, $5) in addressed) { next }`,
}

export const addressKind: Kind<IpAddress> = {
  heading: 'Addresses',
  noun: 'addresses',
  key: addressKey,
  label: (address) => `address ${address.cidr} on ${address.link}${whereIn(address.netns)}`,
  // Link-local and loopback addresses are the kernel's own.
  isOurs: (address, scope) =>
    isLabelled(address) || (address.link !== 'lo' && address.scope !== 'link' && livesOnOurs(address.netns, address.link, scope)),
  compare: () => [],
  sections: inNamespaces('ip'),
  steps: [
    {
      name: 'addresses.withdraw',
      // A stop that fails ends the run before anything is made or taken away.
      after: ['domains.stop', 'dnsmasq.stop'],
      before: ['links.inside'],
      render: withdraw,
      restore: 'never',
    },
    {
      name: 'addresses.announce',
      // Packets that come because of it are to be translated.
      after: ['links.inside', 'iptables.write'],
      render: announce,
      restore: 'repeatable',
    },
  ],
  ip: {
    set: (addresses) =>
      addresses.map(({ cidr, link, label }) => `address replace ${cidr} dev ${link}${label === undefined ? '' : ` label ${label}`}`),
    // Those of routers have gone before.
    remove: (addresses) =>
      addresses.filter((address) => !isRouterAddress(address)).map(({ cidr, link }) => `address del ${cidr} dev ${link}`),
    restore: ADDRESSES,
  },
  probes: [['address', 'ip -o address show']],
}
