import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseTrace, type TracePass } from './trace'

const fixture = (path: string) => readFileSync(new URL(`../fixtures/${path}`, import.meta.url), 'utf8').replace(/^# .*\n/, '')
const trace = (path: string): readonly TracePass[] => {
  const { value, unparsed } = parseTrace(fixture(path))
  expect(unparsed).toEqual([])
  return value
}
/** `br-int: 0 24 25 30` */
const route = (pass: TracePass | undefined) =>
  pass?.bridges.map(({ bridge, steps }) => `${bridge}: ${steps.map((step) => step.table).join(' ')}`)

describe('ofproto/trace', () => {
  it('follows a frame from br-int through br-tun to the tunnel', () => {
    const [pass, ...more] = trace('neutron-21-vxlan/h1/trace-unicast.txt')
    expect(more).toEqual([])
    expect(route(pass)).toEqual(['br-int: 0 25 30 59 60', 'br-tun: 0 1 2 20', 'br-tunnel-if: 0'])
    expect(pass?.bridges[1]?.steps[3]).toEqual({
      table: 20,
      priority: 2,
      match: 'dl_vlan=1,dl_dst=fa:16:3e:da:ec:c3',
      cookie: '0xf24601eeb456e4b5',
      actions: [
        { text: 'pop_vlan', notes: [] },
        { text: 'set_field:0x5e3->tun_id', notes: [] },
        {
          text: 'output:"vxlan-0a62000c"',
          notes: [
            { severity: 'detail', text: 'output to native tunnel' },
            { severity: 'detail', text: 'tunneling to 10.98.0.12 via br-tunnel-if' },
            { severity: 'detail', text: 'tunneling from a6:37:89:f5:8c:4f 10.98.0.11 to ee:01:37:de:8e:48 10.98.0.12' },
          ],
        },
      ],
    })
    expect(pass).toMatchObject({ finalFlow: 'unchanged', datapathActions: expect.stringMatching(/^tnl_push\(.*,eth1$/) })
  })

  it('names the table where nothing matched', () => {
    const [pass] = trace('neutron-21-vxlan/h1/trace-spoofed-mac.txt')
    expect(pass?.bridges[0]?.steps[1]).toEqual({
      table: 25,
      priority: null,
      match: '',
      cookie: '0x0',
      actions: [{ text: 'drop', notes: [] }],
    })
    expect(pass?.datapathActions).toBe('drop')
  })

  it('keeps the branches of a flood and why the datapath cannot do it', () => {
    const [pass] = trace('neutron-21-vxlan/h1/trace-arp-request.txt')
    expect(route(pass)).toEqual(['br-int: 0 24 25 30 59 60', 'br-ex: 0 1 2', 'br-vlan: 0 1 2', 'br-tun: 0 1 2 21', 'br-int: 0 59 60'])
    expect(pass?.bridges.map(({ depth }) => depth)).toEqual([0, 1, 1, 0, 0])
    expect(pass?.slowPathReasons).toEqual(['Uses action(s) not supported by datapath.'])
  })

  it('gives an action after a branch back to the step it belongs to, and traces again after conntrack', () => {
    const [first, second, ...more] = trace('ovs-3.1/trace-conntrack.txt')
    expect(more).toEqual([])
    expect(first?.bridges[0]?.steps[0]?.actions.map(({ text }) => text)).toEqual(['resubmit(,61)', 'ct(table=72)', 'drop'])
    expect(route(first)).toEqual(['br-int: 0 61 62', 'br-tun: 0 2 22', 'br-ens38: 0'])
    expect(route(second)).toEqual(['br-int: 72'])
  })

  it('tells warnings from details', () => {
    const [pass] = trace('ovs-3.1/trace-no-tunnel-route.txt')
    expect(pass?.bridges[0]?.steps.at(-1)?.actions.at(-1)?.notes.at(-1)).toEqual({
      severity: 'warning',
      text: 'native tunnel routing failed',
    })
  })

  it.each(['br-nothere: unknown bridge', 'Bad openflow flow syntax: in_port=x: unknown', '    output:1', ' 0. priority 1'])(
    '%s is Unparsed',
    (line) => {
      expect(parseTrace(line)).toMatchObject({ value: [], unparsed: [{ text: line }] })
    },
  )
})
