// The packets of a ping, in the order in which they happen. Replies travel from the destination to the source.

export const trafficKinds = ['arp-request', 'arp-reply', 'echo-request', 'echo-reply'] as const
export type TrafficKind = (typeof trafficKinds)[number]
