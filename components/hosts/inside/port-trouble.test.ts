import { expect, it } from 'vitest'
import { portTrouble } from './port-trouble'

const port = { error: null, tag: null, ofport: 4, type: 'system', peer: null, peerName: null }
const patch = { ...port, type: 'patch' }

it.each([
  ['an ordinary port', port, null],
  [
    'one that vswitchd could not open',
    { ...port, ofport: -1, error: 'could not open network device x' },
    'could not open network device x',
  ],
  ['one without a reason', { ...port, ofport: -1 }, 'Open vSwitch could not open it'],
  ['a parked one', { ...port, tag: 4095 }, 'Parked on the dead VLAN 4095'],
  ['a patch port with its peer', { ...patch, peer: 'br-tun/patch-int', peerName: 'patch-int' }, null],
  ['a patch port whose peer is nowhere', { ...patch, peerName: 'phy-br-ex', error: 'No usable peer' }, 'No port phy-br-ex leads back'],
  ['a patch port that names none', patch, 'It names no peer'],
])('%s', (_, each, trouble) => expect(portTrouble(each)).toBe(trouble))
