#!/bin/bash
# First process of a node: turns fresh, empty namespaces into a machine of its own, then stays as the process that
# holds them. It is process 1 of the node's pid namespace, so when it ends the kernel ends everything the node runs,
# removes its network devices and its mounts: there is nothing a crash could leave behind.
#
#   init.sh LABEL HOSTNAME STATE_DIR GUEST_DIR IMAGES_DIR
#
# Writable in a node: /etc /var /root /home (from STATE_DIR, kept until `down`), /run /tmp /dev/shm (gone with the
# node, as after a reboot). The rest of the machine is visible but read-only.
set -euo pipefail
label=$1 hostname=$2 state=$3 guest=$4 images=$5

mount -t proc proc /proc
# sysfs shows the network devices of the namespace that mounts it. The machine's cgroups are not in it, which keeps
# libvirt away from them.
mount -t sysfs sysfs /sys
echo "$hostname" >/proc/sys/kernel/hostname
ip link set lo up

mount --bind "$guest" "$state/var/lib/tapline-guest"
mount -o remount,bind,ro "$state/var/lib/tapline-guest"
mkdir -p "$state/var/lib/tapline-images"
mount --bind "$images" "$state/var/lib/tapline-images"
mount -o remount,bind,ro "$state/var/lib/tapline-images"
mount --bind /var/lib/dpkg "$state/var/lib/dpkg"
mount -o remount,bind,ro "$state/var/lib/dpkg"

# By way of /mnt, because one of the mounts below may hide the place where the state is.
mount --rbind "$state" /mnt
mount --bind /mnt/etc /etc
mount --bind /mnt/root /root
mount --bind /mnt/home /home
mount --rbind /mnt/var /var
umount --recursive --lazy /mnt

mount -t tmpfs -o mode=755 tmpfs /run
mount -t tmpfs -o mode=1777 tmpfs /tmp
mount -t tmpfs -o mode=1777 tmpfs /dev/shm
mkdir -p /run/lock /run/netns /run/openvswitch /run/libvirt /run/sshd
mount -o remount,bind,ro /

# An ignored SIGCHLD survives exec, and lets the kernel bury orphans: no zombies, and no init program needed.
trap '' CHLD
exec -a "$label" sleep infinity
