// The rules of a port forwarding, each with the values that its sentence needs, and the sentence (../../violation.ts). Whom one may lead to is told by
// the same rules as of a floating IP.

import type { Messages } from '../../../explain/message'
import { quoted } from '../../../explain/words'
import type { Limits } from '../../rule-values'

export interface PortForwardingRules {
  'port-forwarding-port-range': Limits
  'port-forwarding-associated': { floatingIp: string; port: string }
  'port-forwarding-external-unique': { outside: string; protocol: string; forwarding: string }
  'port-forwarding-internal-unique': { floatingIp: string; forwarding: string }
  'port-forwarding-cluster': { router: string; address: string; port: string }
  'port-forwarding-router': { floatingIp: string; router: string; address: string; port: string }
  'port-forwarding-gateway-mode': { router: string }
  'port-forwarding-own-floating-ip': { address: string; port: string; router: string; floatingIp: string }
}

export const portForwardingViolations: Messages<PortForwardingRules> = {
  'port-forwarding-port-range': ({ least, most }) => `A port is a whole number from ${least} to ${most}.`,
  'port-forwarding-associated': ({ floatingIp, port }) =>
    `Floating IP ${floatingIp} leads to ${quoted(port)} as a whole. Lead it nowhere first, or choose another one.`,
  'port-forwarding-external-unique': ({ outside, protocol, forwarding }) =>
    `${outside}/${protocol} is forwarded already: ${quoted(forwarding)}.`,
  'port-forwarding-internal-unique': ({ floatingIp, forwarding }) =>
    `Floating IP ${floatingIp} leads there by another port already: ${quoted(forwarding)}.`,
  'port-forwarding-cluster': ({ router, address, port }) =>
    `Router ${quoted(router)} leads ${address} of ${quoted(port)} out by a gateway cluster, which forwards no single ports. Give the port a floating IP of its own.`,
  'port-forwarding-router': ({ floatingIp, router, address, port }) =>
    `The ports of floating IP ${floatingIp} are forwarded by router ${quoted(router)}, which has no interface in the subnet of ${address} of ${quoted(port)}.`,
  'port-forwarding-gateway-mode': ({ router }) =>
    `Router ${quoted(router)} leads out by gateways, which translate whole addresses and forward no ports.`,
  'port-forwarding-own-floating-ip': ({ address, port, router, floatingIp }) =>
    `${address} of ${quoted(port)} has a floating IP of its own, ${floatingIp}: its replies would leave router ${quoted(router)}, which is distributed, on its own host and untranslated. Lead that elsewhere first.`,
}
