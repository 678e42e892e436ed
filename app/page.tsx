import { Page } from '@/components/shell/Page'

export default function OverviewPage() {
  return <Page title="Overview">…</Page>
}
