// The part of the read script that reads network namespaces, the root included. A cloud's network host has hundreds of them, so each
// starts as few programs as can be, and several are read at once.

import { SETS_GROUP } from '../host/ipset'

/** Of one namespace: 65,536 entries, as many as a set holds unless told, are 2 MB. */
export const MAX_IPSET_BYTES = 8 * 1024 * 1024

/** What a namespace may say in all. 100,000 rules of iptables are 15 MB, and such are in the root namespace; a router of the whole Internet says more. */
const MAX_ROOT_BYTES = 32 * 1024 * 1024
export const MAX_NAMESPACE_BYTES = 8 * 1024 * 1024

/**
 * Runs in each network namespace. $1 nonce, $2 name. Holds no single quote: it is an argument of `sh -c`. Prints the sections of the
 * namespace, and at last what `ip` says, whose section the caller ends: what else is to be asked is seen there. Programs print for
 * themselves, and `ip` takes the place of the shell: a copy of a shell costs half as much as a program.
 * The shell could not read kernel settings: it reads byte by byte, and a setting gives no second one. What only a router's devices need is asked for in
 * namespaces, where devices are few. Checksum offload matters where
 * Open vSwitch's ports are, in the root namespace. Filters of IPv6 are asked for where anything has an IPv6 address that leads somewhere, tables that only nft shows where packets are forwarded.
 */
export const READ_NAMESPACE = String.raw`
n=$1 ns=$2
end() { printf "\n@@%s %s %s\n" "$n" "$2" "$1 $ns"; }
has() { command -v "$1" >/dev/null; }
plain() { case $1 in "" | -* | *[!A-Za-z0-9_.]*) false ;; esac; }
routing=
which=all
[ -z "$ns" ] || which=* routing="net/ipv4/conf/*/send_redirects net/ipv4/neigh/*/proxy_delay net/netfilter/nf_conntrack_tcp_loose"
for name in accept_local arp_filter drop_unicast_in_l2_multicast route_localnet src_valid_mark; do routing="$routing net/ipv4/conf/$which/$name"; done
cd /proc/sys && grep -s "" /dev/null net/ipv4/ip_forward net/ipv4/ip_nonlocal_bind net/ipv6/conf/all/forwarding net/bridge/* \
  net/ipv4/conf/*/arp_ignore net/ipv4/conf/*/arp_announce net/ipv4/conf/*/proxy_arp_pvlan net/ipv4/conf/all/bc_forwarding net/ipv6/conf/*/disable_ipv6 net/ipv6/conf/*/accept_ra $routing
end sysctl 0
if has iptables-save; then iptables-save; end iptables $?; fi
ipv6=
[ -n "$ns" ] && while read -r address index length scope rest; do [ "$scope" = 00 ] && ipv6=yes; done </proc/net/if_inet6 2>/dev/null
if { [ -z "$ns" ] || [ -n "$ipv6" ]; } && has ip6tables-save; then ip6tables-save; end ip6tables $?; fi
forwards=
if [ -n "$ns" ]; then read -r forwards <net/ipv4/ip_forward; fi
if { [ -z "$ns" ] || [ "$forwards" = 1 ] || [ -n "$ipv6" ]; } && has nft; then
  nft list tables 2>/dev/null | while read -r word family table; do
    case "$family $table" in
    "ip filter" | "ip nat" | "ip mangle" | "ip raw" | "ip security") has iptables-save && continue ;;
    "ip6 filter" | "ip6 nat" | "ip6 mangle" | "ip6 raw" | "ip6 security") has ip6tables-save && continue ;;
    "bridge filter" | "bridge nat" | "bridge broute") has ebtables-nft-save && continue ;;
    "arp "*) continue ;;
    esac
    { plain "$table" && nft -t -j list table "$family" "$table" 2>/dev/null; } || printf "%s\n" "$family $table"
  done
  end nft 0
fi
if [ -z "$ns" ] && has ethtool; then
  {
    ethtool -k "*" 2>/dev/null ||
    for conf in net/ipv4/conf/*; do
      case ${'$'}{conf##*/} in all | default) ;; *) ethtool -k "${'$'}{conf##*/}" 2>/dev/null ;; esac
    done
  } | grep -e "^Features for" -e "^tx-checksumming"
  end ethtool 0
fi
end inside 0
exec ip -j -d -s -force -batch - <<EOF
addr show
route show table all
rule show
neigh show
neigh show proxy
netconf show
EOF
`

/** So many namespaces are worth the processes that read them side by side. */
const MIN_AT_ONCE = 8
const READERS = 4

/**
 * The readers stand in a row of pipes. Each holds what it read in memory, passes it on when it is through, and then what comes from those
 * before it: no file is written, and no output gets into another's. A namespace ends with its section `namespace`, which tells whether its
 * shell came to its end (`inside`): a section that is missing for another reason would be taken for a tool that is.
 * Ids of other namespaces are asked for where a device has its other end in one: `ip` opens every name of the host to tell them. Sets are
 * asked for where there is a mark of ours, or a rule looks into one.
 * nsenter takes less time than ip netns exec, which mounts a /sys that nothing here reads.
 */
export const READ_NAMESPACES = String.raw`
# Takes the place of the shell that calls it, which is one process less for each namespace.
inside() {
  place=$1; shift
  [ -n "$place" ] || exec "$@"
  if has nsenter; then exec nsenter --net="/run/netns/$place" "$@"; else exec ip netns exec "$place" "$@"; fi
}
namespace() {
  said=$(inside "$1" sh -c "$net" sh "$n" "$1")
  code=$? kind=namespace most=${MAX_NAMESPACE_BYTES}
  [ -n "$1" ] || most=${MAX_ROOT_BYTES}
  # Half of it would be taken for the whole. The other namespaces are read all the same.
  if [ ${'$'}{#said} -gt $most ]; then
    echo "it says more than $((most / 1024 / 1024)) MB" >&2
    said= code=1
  fi
  printf '%s\n' "$said"
  case $said in
  *"@@$n 0 inside $1"*)
    sets=
    [ -z "$1" ] && [ -d /sys/module/ip_set ] && sets=yes
    case $said in *'"group":"${SETS_GROUP}"'* | *--match-set*) sets=yes ;; esac
    case $said in *'"link_netnsid":'*) (inside "$1" ip -j netns list-id) || code=$? ;; esac
    end "ip $1" $code
    code=0
    if [ -n "$sets" ] && has ipset; then { (inside "$1" ipset save 2>/dev/null) || echo "exit code $?"; } | head -c ${MAX_IPSET_BYTES}; end "ipset $1" 0; fi
    ;;
  *)
    [ $code != 0 ] || code=1
    # A name whose namespace is gone is a plain file below /run/netns.
    [ -z "$1" ] || grep -qF " /run/netns/$1 " /proc/self/mountinfo || kind=gone
    ;;
  esac
  end "$kind $1" $code
}
told() {
  err=$(namespace "$1" 2>&1 >&3)
  [ -z "$err" ] || { printf '%.2000s' "$err"; end "errors namespace $1" 0; }
}
# Every $2-th of the names, from the $1-th on.
share() {
  at=0
  for ns in $names; do
    if [ $((at % $2)) = "$1" ]; then told "$ns"; fi
    at=$((at + 1))
  done
}
readers() {
  { [ "$1" = 0 ] || readers $(($1 - 1)) "$2"; } | { text=$(exec 3>&1; share "$1" "$2"); printf '%s\n' "$text"; cat; }
}
told ''
names= every= count=0
for path in /run/netns/*; do
  ns=${'$'}{path##*/}
  [ -e "$path" ] || [ -L "$path" ] || continue
  if ! plain "$ns"; then printf '%s\n' "$ns"; end name 0; continue; fi
  every="$every $ns"
  if asked "netns/$ns"; then names="$names $ns" count=$((count + 1)); fi
done
# Told whichever of them are asked for: who reads a part sees that others came or went.
printf '%s\n' "$every"
end namespaces 0
if [ $count -ge ${MIN_AT_ONCE} ]; then readers $((${READERS} - 1)) ${READERS}; else share 0 1; fi
`
