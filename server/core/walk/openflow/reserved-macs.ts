// Destinations that a bridge keeps to itself unless other_config:forward-bpdu says otherwise: STP, pause frames and what else IEEE,
// Extreme and Cisco reserved (eth_addr_is_reserved of lib/packets.c; ovs-vswitchd.conf.db(5), forward-bpdu).

const SINGLE = new Set([
  '00:e0:2b:00:00:00', '00:e0:2b:00:00:04', '00:e0:2b:00:00:06',
  '01:00:0c:00:00:00', '01:00:0c:cc:cc:cc', '01:00:0c:cc:cc:cd', '01:00:0c:cd:cd:cd',
]) // prettier-ignore
const SIXTEEN = ['01:80:c2:00:00:0', '01:00:0c:cc:cc:c']

export const isReservedMac = (mac: string): boolean => SINGLE.has(mac) || SIXTEEN.some((start) => mac.startsWith(start))
