// Canonical text is a flow that ovs-ofctl takes, and the same flow. ovs-ofctl itself is the judge: what it prints of a line and of its
// canonical text must be equal. OpenFlow 1.5, because it has one spelling for every change of a field.

import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { explainUnparsed } from '../../explain/unparsed'
import type { Flow } from '../../host/flow'
import { canonicalFlow } from './canonical-flow'
import { randomFlow } from './testing/random-flow'

const HEAD = /^OFPT_FLOW_MOD \(OF1\.5\) \(xid=0x[0-9a-f]+\): /m

/** What ovs-ofctl prints of a line after it went over the wire, or why there is no such thing. */
function judge(line: string): { readonly printed: string } | { readonly refusal: string } {
  const { stdout, stderr } = spawnSync('ovs-ofctl', ['-O', 'OpenFlow15', '--no-names', 'parse-flows', '-'], {
    input: `${line}\n`,
    encoding: 'utf8',
  })
  const printed = stdout
    .split('\n')
    .find((each) => HEAD.test(each))
    ?.replace(HEAD, '')
  return printed === undefined || printed.startsWith('***') ? { refusal: stderr } : { printed: comparable(printed) }
}

const rendered = ({ cookie, table, priority, match, actions, hardTimeout = 0, idleTimeout = 0 }: Flow) =>
  `cookie=${cookie},table=${table},priority=${priority},hard_timeout=${hardTimeout},idle_timeout=${idleTimeout}${match && `,${match}`},actions=${actions}`

function canonical(line: string): string {
  const flow = canonicalFlow(line, 'br')
  if (!flow.ok) throw new Error(`${explainUnparsed(flow.error.reason)}: ${line}`)
  return rendered(flow.value)
}

/** Spellings that ovs-ofctl keeps apart and that mean the same; a last goto_table behind other instructions is none of them. */
function comparable(printed: string): string {
  const hasInstructions = /clear_actions|write_actions|write_metadata/.test(printed)
  return printed
    .replace(' send_flow_rem', '')
    .replace(/([,=])goto_table:(\d+)$/, hasInstructions ? '$&' : '$1resubmit(,$2)')
    .replaceAll(/mod_nw_ttl:(\d+)/g, 'set_field:$1->nw_ttl')
    .replaceAll(/set_field:(\d+)->ip_dscp/g, (_, dscp: string) => `set_field:${Number(dscp) << 2}->nw_tos`)
    .replaceAll(WHOLE_MASK, '$1->$2')
}
/** load of a whole field that does not end with a byte. */
const WHOLE_MASK =
  /(set_field:[^,/]+)\/(?:0x1|0x3|0x7|0xf|0x3f|0xfffff|0xffffff)->(vlan_pcp|tun_erspan_(?:ver|dir|hwid|idx)|mpls_label|ipv6_label|nsh_spi)/g

describe('ovs-ofctl', () => {
  it('prints the same of a line and of its canonical text', { timeout: 300_000 }, () => {
    fc.assert(
      fc.property(randomFlow, (line) => {
        const original = judge(line)
        fc.pre('printed' in original)
        const text = canonical(line)
        expect({ text, ...judge(text) }).toEqual({ text, ...original })
      }),
      { numRuns: 150 },
    )
  })

  // Each was once read as another flow, or as none.
  it.each([
    'udp actions=learn(table=1,eth_type=0x800,nw_proto=17,NXM_OF_UDP_SRC[]=NXM_OF_UDP_DST[])',
    'actions=learn(table=1,load:OXM_OF_IN_PORT[]->NXM_NX_REG2[],load:NXM_OF_IN_PORT[]->NXM_NX_REG3[0..15])',
    'ip actions=ct(table=4,zone=OXM_OF_IN_PORT[0..15])',
    'ip actions=ct(table=4,zone=NXM_OF_IN_PORT[])',
    'in_port=5 actions=write_metadata:0x77/0xf0,goto_table:9',
    'in_port=5 actions=write_actions(group:3),goto_table:9',
    'in_port=5 actions=output:2,clear_actions,goto_table:9',
    'dl_type=0x0800,nw_proto=2 actions=NORMAL',
    'vlan_tci=0x0000/0x1000 actions=drop',
    'ip,ip_dscp=11 actions=drop',
    'tcp,tcp_flags=0 actions=drop',
    'tcp,tcp_flags=0x212 actions=drop',
    'ip,ct_state=trk actions=drop',
    'tun_flags=+oam actions=set_field:oam->tun_flags',
    'tun_metadata5 actions=output:7',
    'tun_gtpu_msgtype=254,tun_erspan_ver=2,tun_erspan_hwid=0x9 actions=set_field:3->tun_erspan_hwid,output:7',
    'dl_type=0x894f,nsh_mdtype=2,nsh_spi=0x77,nsh_si=254 actions=set_field:9->nsh_si,load:0x5->NXOXM_NSH_SPI[0..3],output:7',
    'tcp,in_port=3 actions=set_field:ANY->in_port,resubmit(,8)',
    'actions=move:OXM_OF_IN_PORT[]->NXM_NX_REG15[]',
    'icmp6,icmp_type=135 actions=move:NXM_NX_ICMPV6_CODE[]->NXM_NX_REG1[0..7]',
    'ip,ct_state=+trk actions=move:NXM_NX_CT_STATE[]->NXM_NX_REG1[]',
    'ipv6 actions=load:0x1005->NXM_OF_VLAN_TCI[0..12],mod_vlan_pcp:3,write_metadata:0,goto_table:1',
    'actions=load:0x1->NXM_OF_VLAN_TCI[12..15],mod_vlan_vid:3',
    'actions=load:0x5->NXM_OF_VLAN_TCI[0..11],mod_vlan_pcp:3',
    'actions=set_field:0x1005/0x1005->vlan_tci,mod_vlan_pcp:3',
    'vlan_tci=0x1000/0x1000 actions=load:0x5->NXM_OF_VLAN_TCI[0..11],mod_vlan_pcp:3',
    'vlan_tci=0x1000/0x1000 actions=load:0->NXM_OF_VLAN_TCI[],mod_vlan_vid:3',
    'vlan_tci=0x1000/0x1000 actions=set_field:0x6000/0xf000->vlan_tci,mod_vlan_vid:3',
    'actions=load:0x1005->NXM_OF_VLAN_TCI[],pop_vlan,mod_vlan_vid:3',
  ])('takes %s', (line) => {
    const text = canonical(line)
    expect({ text, ...judge(text) }).toEqual({ text, ...judge(line) })
    expect(judge(line)).toHaveProperty('printed')
  })
})
