import { expect, it } from 'vitest'
import { canonicalRule } from './iptables-rule'

it.each([
  ['-s 10.0.0.5/32 -m mac --mac-source FA:16:3E:00:11:22 -j RETURN', '-s 10.0.0.5/32 -m mac --mac-source fa:16:3e:00:11:22 -j RETURN'],
  ['-p vrrp -j RETURN', '-p 112 -j RETURN'],
  ['-s 10.0.0.0/8 -p ipencap -j RETURN', '-s 10.0.0.0/8 -p 4 -j RETURN'],
  ['-p icmpv6 -m icmp6 --icmpv6-type 135 -j RETURN', '-p ipv6-icmp -m icmp6 --icmpv6-type 135 -j RETURN'],
  ['! -p gre -j DROP', '! -p 47 -j DROP'],
  ['-p tcp -m tcp --dport 80 -j RETURN', '-p tcp -m tcp --dport 80 -j RETURN'],
  ['-p 200 -j RETURN', '-p 200 -j RETURN'],
  ['-p S-TAG -j DROP', '-p 0x88a8 -j DROP'],
  ['-m set --match-set a-p vrrp -j RETURN', '-m set --match-set a-p vrrp -j RETURN'],
])('%s', (rule, canonical) => {
  expect(canonicalRule(rule)).toBe(canonical)
})
