// BIRD on the nodes that route by themselves: the fabric router, which takes routes from whoever is in its networks, and the world
// outside, which has them from the fabric router. Where two neighbours announce an address, packets are shared among them (ECMP),
// and BFD tells within a quarter of a second who is gone. Gateways run a BIRD of the console's, not this one.

import { addressOf, fabric, outside } from '../topology'
import { askClient, onHost, type NodeContext, type Service } from './service'

const outsideAs = 64_999
const outsideAddress = addressOf({ address: outside.addresses[0] })
const [, , toOutside] = fabric.legs

/**
 * Four hellos of 50 ms that do not come: soon enough for people, late enough for two processors that are not too busy. When they are, all
 * neighbours seem to be gone at once; so what was heard of one that is gone is kept, as what is used where there is nothing better
 * (long-lived graceful restart).
 */
const common = (routerId: string): string => `router id ${routerId};
protocol device { scan time 10; }
protocol kernel {
  ipv4 { import none; export where source = RTS_BGP; };
  merge paths on;
}
protocol bfd {
  interface "*" { interval 50 ms; multiplier 4; };
}
template bgp speaker {
  bfd graceful;
  hold time 9;
  graceful restart on;
  graceful restart time 0;
  long lived graceful restart on;
  long lived stale time 60;
  connect retry time 1;
  connect delay time 1;
  error wait time 1, 5;
}`

const subnetOf = (address: string): string => address.replace(/\d+\/24$/, '0/24')

/** Anybody in the network, of any AS but the fabric's own. */
const neighbours = ({
  network,
  address,
}: {
  readonly network: string
  readonly address: string
}): string => `protocol bgp '${network}' from speaker {
  local as ${fabric.as};
  neighbor range ${subnetOf(address)} external;
  dynamic name "${network.replace('-', '')}_";
  # Nobody takes one of the fabric's networks over.
  ipv4 { import where net !~ [ ${fabric.legs.map((leg) => subnetOf(leg.address)).join(', ')} ]; export none; };
}`

const fabricConfig = (): string =>
  [
    common(addressOf(fabric.legs[0])),
    ...fabric.legs.map(neighbours),
    `protocol bgp outside from speaker {
  local ${addressOf(toOutside)} as ${fabric.as};
  neighbor ${outsideAddress} as ${outsideAs};
  # Of what gateways announce, tunnel addresses are nobody's business outside.
  ipv4 { import none; export where source = RTS_BGP && net !~ [ 10.0.0.0/8+, 172.16.0.0/12+, 192.168.0.0/16+ ]; next hop self; };
}`,
    '',
  ].join('\n')

const outsideConfig = (): string =>
  [
    common(outsideAddress),
    `protocol bgp fabric from speaker {
  local ${outsideAddress} as ${outsideAs};
  neighbor ${addressOf(toOutside)} as ${fabric.as};
  ipv4 { import all; export none; };
}`,
    '',
  ].join('\n')

const config = '/etc/bird/bird.conf'

const bird = (text: string): Service<NodeContext> => ({
  command: 'bird',
  findProblem: (node) => askClient(node, 'bird', ['birdc', '-r', 'show', 'status']),
  start: async (node) => {
    await onHost(node, ['sh', '-c', 'mkdir -p /run/bird && cat >"$1"', 'sh', config], { stdin: text })
    await onHost(node, ['bird', '-c', config])
  },
})

/** The nodes of a lab with gateways that are no hosts, and what each of them serves. */
export const routers: ReadonlyMap<string, Service<NodeContext>> = new Map([
  [fabric.name, bird(fabricConfig())],
  [outside.name, bird(outsideConfig())],
])
