import { expect, it } from 'vitest'
import { cablesOf } from '../topology'
import { findSocketProblems, socketLines } from './sockets'

const cables = cablesOf('cmp3').slice(0, 1)
const joined = [
  { name: 'in-ens37', isUp: true },
  { name: 'tap-ens37', isUp: true, master: 'in-ens37' },
  { name: 'ens37', isUp: true, master: 'in-ens37' },
]

it('joins a new tap to the cable', () => {
  expect(socketLines(cables, [{ name: 'ens37', isUp: true }])).toEqual([
    'link add in-ens37 type bridge stp_state 0 mcast_snooping 0 forward_delay 0 ageing_time 0',
    'link set in-ens37 addrgenmode none',
    'tuntap add dev tap-ens37 mode tap',
    'link set tap-ens37 addrgenmode none',
    'link set tap-ens37 master in-ens37 up',
    'link set ens37 master in-ens37 up',
    'link set in-ens37 up',
  ])
})

it('has nothing to do the second time', () => {
  expect(socketLines(cables, joined)).toEqual([])
})

it('joins a cable that was plugged in anew, and leaves the machine’s tap alone', () => {
  const present = [...joined.slice(0, 2), { name: 'ens37', isUp: true }]
  expect(socketLines(cables, present)).toEqual(['link set ens37 master in-ens37 up'])
})

it('tells a loose NIC', () => {
  expect(findSocketProblems('cmp3', joined)).toHaveLength(1)
})
