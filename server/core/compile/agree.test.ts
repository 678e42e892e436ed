import { expect, it } from 'vitest'
import { emptyHostState } from '../host/host-state'
import { agree } from './agree'
import { requiredNic } from './underlay'

const links = [requiredNic('ens37'), requiredNic('ens38'), { ...requiredNic('ens37') }]

it('holds once what several features want alike, in whatever order they name its fields', () => {
  const { owner, ...rest } = requiredNic('ens38')
  expect(agree({ ...emptyHostState, links: [...links, { owner, ...rest }] })).toEqual({ ...emptyHostState, links: links.slice(0, 2) })
})

it('refuses what two features want differently, and names it', () => {
  expect(() => agree({ ...emptyHostState, links: [...links, { ...requiredNic('ens38'), mtu: 9000 }] })).toThrow(
    /two features want NIC ens38, and not the same/,
  )
})
