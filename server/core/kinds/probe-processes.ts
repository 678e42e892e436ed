// A probe for processes of one host. Several practice hosts share a machine: theirs is who shares the host's mounts.

export const processesOf = (program: string, how: '-x' | '-f'): string =>
  `for pid in $(pgrep ${how} ${program}); do [ "$(readlink /proc/$pid/ns/mnt)" = "$(readlink /proc/self/ns/mnt)" ] && tr "\\0" " " < /proc/$pid/cmdline | cut -c1-80 && echo; done`
